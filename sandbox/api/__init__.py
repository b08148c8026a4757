"""HubSpot's and the credits platform's HTTP interfaces."""

"""What a HubSpot account holds: properties, pipelines, records, associations."""

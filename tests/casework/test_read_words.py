"""After the lists were read ahead, the first request waits for none of them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# In a process of its own: here, other tests have read them all.
WORKS = """
import sys
from casework import lexicon
from casework.identifiers import identifiers_of
from casework.identity import Identity
from casework.read_words import read_words
from casework.redaction import redact
from casework.typed_organisation import clean_organisation

lists = lexicon.listed, lexicon.listed_folded, lexicon.icelandic_names, lexicon.icelandic_index
if sys.argv[1] == "ahead":
    read_words(redacts=True)
before = [one.cache_info().misses for one in lists]
identity = Identity("jona.gudrun@heima.example.is", "", "anna.therapist@clinic.example.is")
clean_organisation("Marel hf.", identity)
identifiers_of(identity, "Marel hf.")
redact("Sefur illa eftir áfallið, segir Jóna.", identity)
print(sum(one.cache_info().misses for one in lists) - sum(before))
"""


@pytest.mark.parametrize(("when", "some"), [("ahead", False), ("when asked for", True)])
def test_no_list_is_read_when_somebody_waits(when: str, some: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORKS, when], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (int(done.stdout) > 0) is some

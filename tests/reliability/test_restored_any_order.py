"""Whatever happens, and however old the backup: nothing lost, nothing twice."""

import pytest

from tests.reliability.restored_any_order import RestoredAnyOrder
from tests.reliability.telling import told

pytestmark = pytest.mark.usefixtures("quiet")

TestRestoredAnyOrder = RestoredAnyOrder.TestCase
TestRestoredAnyOrder.settings = told(30)

"""Whatever happens in whatever order: nothing lost, nothing twice."""

import pytest

from tests.reliability.any_order import AnyOrder
from tests.reliability.telling import told

pytestmark = pytest.mark.usefixtures("quiet")

TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = told(60)

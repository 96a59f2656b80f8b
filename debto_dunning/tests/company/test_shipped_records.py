from odoo.tests import TransactionCase, tagged

from ...hooks import read_shipped_records


@tagged("post_install", "-at_install")
class TestShippedRecords(TransactionCase):
    def test_update_never_brings_back_what_was_deleted(self):
        """The words in the data files that make it so; system tests try it."""
        records = read_shipped_records()
        self.assertGreater(len(records), 80)
        self.assertFalse([name for name, element in records.items() if element.get("forcecreate") != "False"])

import logging

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.ir_actions_report import _wkhtml

from .dunning_communication_fault import PrinterFault

_logger = logging.getLogger(__name__)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        # EXTENDS base: the groups of a report say who finds it in a menu; its address is open to every login
        if report.report_name.startswith("debto_dunning") and not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("This document is printed by colleagues alone."))
        return super()._get_rendering_context(report, docids, data)

    def _run_wkhtmltopdf(self, *args, **kwargs):
        # EXTENDS base: a crash can be told from other errors, and a file that is no PDF is one.
        try:
            content = super()._run_wkhtmltopdf(*args, **kwargs)
        except UserError as error:
            raise PrinterFault(*error.args) from error
        if not content.startswith(b"%PDF"):
            raise PrinterFault(self.env._("The program that prints PDF files wrote none; the disk may be full."))
        return content

    def _dunning_can_print(self):
        """Whether PDF files can be printed on this system now: prints a page with one word."""
        # Odoo looks for the program once; it may have been installed, or removed, since
        _wkhtml.cache_clear()
        if self.get_wkhtmltopdf_state() == "install":
            return False
        try:
            return bool(self._run_wkhtmltopdf(["<html><body>1</body></html>"]))
        except (OSError, UserError, MemoryError):
            _logger.warning("No PDF file can be printed.", exc_info=True)
            return False

import json

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request


class PersonalData(http.Controller):
    @http.route("/dunning/debtors/<int:debtor_id>/data", type="http", auth="user", methods=["GET"])
    def personal_data(self, debtor_id):
        """All that is kept of a customer, as JSON. The file is made for the download and kept nowhere; who had it is
        logged, which is the one thing that the download writes.
        """
        debtor = request.env["dunning.debtor"].browse(debtor_id)
        try:
            found = debtor._hand_out_data()
        except (AccessError, MissingError):
            return request.not_found()
        data = json.dumps(found, ensure_ascii=False, indent=2, default=str)
        return request.make_response(data, [
            ("Content-Type", "application/json; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", content_disposition(request.env._("data of customer %s.json", debtor_id)))])

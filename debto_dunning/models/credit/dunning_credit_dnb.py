from odoo import fields, models

from ...tools import credit
from .dunning_credit_errors import CreditNotFound

#: Seconds for which a token is valid that does not say so itself: a day.
TOKEN_LIFE = 86400
BLOCKS = "companyinfo_L2_v1,financialstrengthinsight_L2_v1"


class DunningCreditProvider(models.Model):
    """Dun & Bradstreet Direct+, also offered under the name of Altares, its house in the Benelux.

    Seen in the vendor's pages and in public clients: the token (version 2 and 3), the match with its candidates, 404
    for no match, the scores and the recommended limit of the financial strength block, risk class 1 (lowest) to 5.
    Not seen, and therefore settings: which data blocks a contract has (``dnb_blocks``), which version of the token
    (``dnb_token_version``), the type of a Benelux registration number that a match may want beside the number
    (``dnb_registration_type``). The direction of the percentiles is contradictory, so they are not used. That Altares
    answers as D&B does is memory. Notices of changes come as files there: customers are looked at by the interval of
    their segment.
    """

    _inherit = "dunning.credit.provider"

    dnb_blocks = fields.Char("Data Blocks", default=BLOCKS, help="As your contract names them, between commas.")
    dnb_token_version = fields.Selection([("v3", "3"), ("v2", "2")], "Log-in Version", default="v3")
    dnb_registration_type = fields.Char(
        "Type of Registration Number", help="Only where your contract wants one with the number.")
    dnb_confidence = fields.Integer(
        "Least Confidence", default=7, help="Of a match, up to 10; below it the company found counts as another one.")

    def _authenticate_dnb(self):
        grant = {"grant_type": "client_credentials"}
        form = {"form": grant} if self.dnb_token_version == "v3" else {"payload": grant}
        _status, answer = self._request(
            "POST", f"{self.dnb_token_version}/token", headers=self._basic_header(), is_open=True, **form)
        # the two versions spell it differently
        seconds = credit.by_path(answer, "expires_in") or credit.by_path(answer, "expiresIn")
        return credit.by_path(answer, "access_token"), credit.to_number(seconds) or TOKEN_LIFE

    def _test_dnb(self):
        self._authorization()

    def _fetch_dnb(self, debtor):
        key = self._known_key(debtor) or self._match_dnb(debtor)
        params = {"blockIDs": self.dnb_blocks}
        if debtor.partner_id.country_id.code == "DE":
            params["orderReason"] = "6332"  # Germany wants one: creditworthiness
        _status, answer = self._request(
            "GET", f"v1/data/duns/{self._path_part(key)}", params=params, is_paid=True, debtor=debtor)
        organization = credit.by_path(answer, "organization")
        if not isinstance(organization, dict):
            raise self._unusable_error(False, self.env._("the answer holds no report."))

        def read(path):
            return credit.by_path(organization, path)

        failure, delinquency = (read(f"dnbAssessment.{name}.classScore") for name in (
            "failureScore", "delinquencyScore"))
        rating = read("dnbAssessment.standardRating.rating")
        words = [
            failure is not None and self.env._("failure %s", failure),
            delinquency is not None and self.env._("delinquency %s", delinquency),
            rating and self.env._("rating %s", rating)]
        status = read("dunsControlStatus.operatingStatus.description")
        is_bankrupt = read("legalEvents.hasOpenBankruptcy") is True
        return {
            "key": key,
            "date": credit.to_date(read("dnbAssessment.failureScore.scoreDate")
                                   or read("dnbAssessment.standardRating.scoreDate")),
            "score": self._score_of(failure if failure is not None else delinquency),
            "provider_score": " · ".join(filter(None, words)),
            "limit": credit.to_number(read("dnbAssessment.creditLimitRecommendation.maximumRecommendedLimit.value")),
            "currency": read("dnbAssessment.creditLimitRecommendation.maximumRecommendedLimit.currency"),
            "status": "insolvent" if is_bankrupt else self._status_of(status),
            "status_text": self.env._("Open bankruptcy") if is_bankrupt else status,
            "company_name": read("primaryName"),
            "events": [],
            "raw": answer,
        }

    def _match_dnb(self, debtor):
        """The D-U-N-S number of the customer, by registration number, else by VAT number; never by name.

        :raises CreditNotFound: nothing found, or too unlike
        """
        identity = self._identity(debtor)
        for number in dict.fromkeys([identity["registration"], identity["vat"]]):
            if not number:
                continue
            params = {"registrationNumber": number, "countryISOAlpha2Code": identity["country"],
                      "candidateMaximumQuantity": 5}
            if self.dnb_registration_type:
                params["registrationNumberType"] = self.dnb_registration_type
            _status, answer = self._request(
                "GET", "v1/match/cleanseMatch", params=params, is_paid=self.search_is_paid, debtor=debtor,
                accepted=(404,))
            candidates = [
                candidate for candidate in credit.records(credit.by_path(answer, "matchCandidates"))
                if (credit.to_number(credit.by_path(candidate, "matchQualityInformation.confidenceCode")) or 0)
                >= self.dnb_confidence and credit.by_path(candidate, "organization.duns")]
            if candidates:
                best = max(candidates, key=lambda candidate: credit.to_number(
                    credit.by_path(candidate, "matchQualityInformation.confidenceCode")))
                return str(best["organization"]["duns"])
        raise CreditNotFound(self.env._(
            "%(provider)s does not know %(name)s under %(numbers)s.", provider=self.display_name,
            name=debtor.display_name,
            numbers=" / ".join(filter(None, [identity["registration"], identity["vat"]]))))

-- debto_dunning 19.0.1.0.0, by devtools/dump_version.py
ALTER TABLE account_move ADD COLUMN dunning_charge_id integer;
ALTER TABLE account_move ADD COLUMN dunning_level integer;
ALTER TABLE account_move ADD COLUMN dunning_level_date date;
ALTER TABLE account_move ADD COLUMN dunning_level_id integer;
ALTER TABLE account_move_line ADD COLUMN dunning_level integer;
ALTER TABLE account_move_line ADD COLUMN dunning_level_date date;
ALTER TABLE account_move_line ADD COLUMN dunning_level_id integer;
ALTER TABLE res_company ADD COLUMN dunning_activated_by integer;
ALTER TABLE res_company ADD COLUMN dunning_activated_on timestamp without time zone;
ALTER TABLE res_company ADD COLUMN dunning_active boolean;
ALTER TABLE res_company ADD COLUMN dunning_backlog_per_day integer;
ALTER TABLE res_company ADD COLUMN dunning_bank_max_age integer;
ALTER TABLE res_company ADD COLUMN dunning_charge_journal_id integer;
ALTER TABLE res_company ADD COLUMN dunning_charge_level integer;
ALTER TABLE res_company ADD COLUMN dunning_charge_posting character varying;
ALTER TABLE res_company ADD COLUMN dunning_clause boolean;
ALTER TABLE res_company ADD COLUMN dunning_clause_amounts character varying;
ALTER TABLE res_company ADD COLUMN dunning_clause_date date;
ALTER TABLE res_company ADD COLUMN dunning_clause_maximum numeric;
ALTER TABLE res_company ADD COLUMN dunning_clause_minimum numeric;
ALTER TABLE res_company ADD COLUMN dunning_clause_mutual boolean;
ALTER TABLE res_company ADD COLUMN dunning_clause_percent numeric;
ALTER TABLE res_company ADD COLUMN dunning_clause_rate numeric;
ALTER TABLE res_company ADD COLUMN dunning_clause_reminder numeric;
ALTER TABLE res_company ADD COLUMN dunning_consumer_policy_id integer;
ALTER TABLE res_company ADD COLUMN dunning_cost_account_id integer;
ALTER TABLE res_company ADD COLUMN dunning_direct_debit_days integer;
ALTER TABLE res_company ADD COLUMN dunning_from_date date;
ALTER TABLE res_company ADD COLUMN dunning_interest_account_id integer;
ALTER TABLE res_company ADD COLUMN dunning_invoice_warns boolean;
ALTER TABLE res_company ADD COLUMN dunning_is_sme boolean;
ALTER TABLE res_company ADD COLUMN dunning_law_of character varying;
ALTER TABLE res_company ADD COLUMN dunning_opening_entries boolean;
ALTER TABLE res_company ADD COLUMN dunning_paid_late character varying;
ALTER TABLE res_company ADD COLUMN dunning_policy_id integer;
ALTER TABLE res_company ADD COLUMN dunning_postage numeric;
ALTER TABLE res_company ADD COLUMN dunning_print_conditions boolean;
ALTER TABLE res_company ADD COLUMN dunning_qr_limit integer;
ALTER TABLE res_company ADD COLUMN dunning_refused_days integer;
ALTER TABLE res_company ADD COLUMN dunning_regular_deliveries boolean;
ALTER TABLE res_company ADD COLUMN dunning_reply_pauses boolean;
ALTER TABLE res_company ADD COLUMN dunning_send_unsent boolean;
ALTER TABLE res_company ADD COLUMN dunning_sent_only boolean;
ALTER TABLE res_company ADD COLUMN dunning_term_agreed boolean;
ALTER TABLE res_company ADD COLUMN dunning_terms character varying;
ALTER TABLE res_company ADD COLUMN dunning_trend_days integer;
ALTER TABLE res_company ADD COLUMN dunning_user_id integer;
UPDATE res_company SET dunning_activated_by = NULL, dunning_activated_on = NULL, dunning_active = NULL, dunning_backlog_per_day = NULL, dunning_bank_max_age = NULL, dunning_charge_journal_id = NULL, dunning_charge_level = '8', dunning_charge_posting = 'stated', dunning_clause = NULL, dunning_clause_amounts = 'legal', dunning_clause_date = NULL, dunning_clause_maximum = NULL, dunning_clause_minimum = NULL, dunning_clause_mutual = NULL, dunning_clause_percent = NULL, dunning_clause_rate = NULL, dunning_clause_reminder = NULL, dunning_consumer_policy_id = '1', dunning_cost_account_id = NULL, dunning_direct_debit_days = '8', dunning_from_date = NULL, dunning_interest_account_id = NULL, dunning_invoice_warns = NULL, dunning_is_sme = NULL, dunning_law_of = 'creditor', dunning_opening_entries = NULL, dunning_paid_late = 'nothing', dunning_policy_id = '1', dunning_postage = NULL, dunning_print_conditions = NULL, dunning_qr_limit = '5', dunning_refused_days = '7', dunning_regular_deliveries = NULL, dunning_reply_pauses = 'true', dunning_send_unsent = NULL, dunning_sent_only = 'true', dunning_term_agreed = NULL, dunning_terms = 'propose', dunning_trend_days = '10', dunning_user_id = NULL;
CREATE TABLE public.dunning_absence (
    id integer NOT NULL,
    user_id integer NOT NULL,
    substitute_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    date_from date NOT NULL,
    date_to date NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT dunning_absence_dates_order CHECK ((date_from <= date_to)),
    CONSTRAINT dunning_absence_not_oneself CHECK ((user_id <> substitute_id))
);
COMMENT ON TABLE public.dunning_absence IS 'Absence of a Person in Charge';
COMMENT ON COLUMN public.dunning_absence.user_id IS 'Absent';
COMMENT ON COLUMN public.dunning_absence.substitute_id IS 'Substitute';
COMMENT ON COLUMN public.dunning_absence.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_absence.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_absence.date_from IS 'From';
COMMENT ON COLUMN public.dunning_absence.date_to IS 'To';
COMMENT ON COLUMN public.dunning_absence.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_absence.write_date IS 'Last Updated on';
COMMENT ON CONSTRAINT dunning_absence_dates_order ON public.dunning_absence IS 'CHECK (date_from <= date_to)';
COMMENT ON CONSTRAINT dunning_absence_not_oneself ON public.dunning_absence IS 'CHECK (user_id != substitute_id)';
CREATE SEQUENCE public.dunning_absence_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_absence_id_seq OWNED BY public.dunning_absence.id;
CREATE TABLE public.dunning_activate (
    id integer NOT NULL,
    company_id integer NOT NULL,
    policy_id integer NOT NULL,
    consumer_policy_id integer NOT NULL,
    backlog_per_day integer,
    bank_max_age integer,
    user_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    old_invoices character varying NOT NULL,
    from_date date,
    sent_from_odoo boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_activate IS 'Switch On Reminders';
COMMENT ON COLUMN public.dunning_activate.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_activate.policy_id IS 'Businesses';
COMMENT ON COLUMN public.dunning_activate.consumer_policy_id IS 'Consumers';
COMMENT ON COLUMN public.dunning_activate.backlog_per_day IS 'Customers a Day';
COMMENT ON COLUMN public.dunning_activate.bank_max_age IS 'Most Days without a Bank Entry';
COMMENT ON COLUMN public.dunning_activate.user_id IS 'Person in Charge';
COMMENT ON COLUMN public.dunning_activate.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_activate.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_activate.old_invoices IS 'Invoices Already Overdue';
COMMENT ON COLUMN public.dunning_activate.from_date IS 'Remind Invoices Due From';
COMMENT ON COLUMN public.dunning_activate.sent_from_odoo IS 'Invoices Are Sent from Odoo';
COMMENT ON COLUMN public.dunning_activate.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_activate.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_activate_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_activate_id_seq OWNED BY public.dunning_activate.id;
CREATE TABLE public.dunning_charge (
    id integer NOT NULL,
    move_id integer,
    move_line_id integer,
    rank integer,
    debtor_id integer NOT NULL,
    company_id integer,
    customer_id integer,
    currency_id integer NOT NULL,
    law_id integer,
    create_uid integer,
    write_uid integer,
    waive_reason character varying,
    state character varying,
    date date,
    settled_date date,
    pursued_on date,
    calculation jsonb,
    cost_amount numeric,
    reminder_amount numeric,
    cost_base numeric,
    interest_amount numeric,
    amount numeric,
    amount_received numeric,
    amount_booked numeric,
    amount_settled numeric,
    amount_due numeric,
    is_settled boolean,
    is_waived boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_charge IS 'Costs and Interest of an Invoice';
COMMENT ON COLUMN public.dunning_charge.move_id IS 'Invoice';
COMMENT ON COLUMN public.dunning_charge.move_line_id IS 'Open Item';
COMMENT ON COLUMN public.dunning_charge.rank IS 'Instalment';
COMMENT ON COLUMN public.dunning_charge.debtor_id IS 'Debtor';
COMMENT ON COLUMN public.dunning_charge.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_charge.customer_id IS 'Customer';
COMMENT ON COLUMN public.dunning_charge.currency_id IS 'Currency';
COMMENT ON COLUMN public.dunning_charge.law_id IS 'Law';
COMMENT ON COLUMN public.dunning_charge.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_charge.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_charge.waive_reason IS 'Reason';
COMMENT ON COLUMN public.dunning_charge.state IS 'State';
COMMENT ON COLUMN public.dunning_charge.date IS 'As Of';
COMMENT ON COLUMN public.dunning_charge.settled_date IS 'Paid On';
COMMENT ON COLUMN public.dunning_charge.pursued_on IS 'Asked for On';
COMMENT ON COLUMN public.dunning_charge.calculation IS 'Calculation';
COMMENT ON COLUMN public.dunning_charge.cost_amount IS 'Costs';
COMMENT ON COLUMN public.dunning_charge.reminder_amount IS 'Of Them for Reminders';
COMMENT ON COLUMN public.dunning_charge.cost_base IS 'Cost Base';
COMMENT ON COLUMN public.dunning_charge.interest_amount IS 'Interest';
COMMENT ON COLUMN public.dunning_charge.amount IS 'In All';
COMMENT ON COLUMN public.dunning_charge.amount_received IS 'Received Elsewhere';
COMMENT ON COLUMN public.dunning_charge.amount_booked IS 'Booked';
COMMENT ON COLUMN public.dunning_charge.amount_settled IS 'Paid or Credited';
COMMENT ON COLUMN public.dunning_charge.amount_due IS 'Still Due';
COMMENT ON COLUMN public.dunning_charge.is_settled IS 'Invoice Paid';
COMMENT ON COLUMN public.dunning_charge.is_waived IS 'Waived';
COMMENT ON COLUMN public.dunning_charge.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_charge.write_date IS 'Last Updated on';
CREATE TABLE public.dunning_charge_dunning_waive_rel (
    dunning_waive_id integer NOT NULL,
    dunning_charge_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_charge_dunning_waive_rel IS 'RELATION BETWEEN dunning_waive AND dunning_charge';
CREATE SEQUENCE public.dunning_charge_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_charge_id_seq OWNED BY public.dunning_charge.id;
CREATE TABLE public.dunning_checkup (
    id integer NOT NULL,
    company_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    only_concerned boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_checkup IS 'Check-up';
COMMENT ON COLUMN public.dunning_checkup.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_checkup.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_checkup.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_checkup.only_concerned IS 'Only Laws of Our Customers';
COMMENT ON COLUMN public.dunning_checkup.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_checkup.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_checkup_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_checkup_id_seq OWNED BY public.dunning_checkup.id;
CREATE TABLE public.dunning_checkup_line (
    id integer NOT NULL,
    wizard_id integer NOT NULL,
    policy_id integer,
    law_id integer,
    create_uid integer,
    write_uid integer,
    severity character varying NOT NULL,
    kind character varying,
    message text,
    concerns boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_checkup_line IS 'Line of the Check-up';
COMMENT ON COLUMN public.dunning_checkup_line.wizard_id IS 'Wizard';
COMMENT ON COLUMN public.dunning_checkup_line.policy_id IS 'Policy';
COMMENT ON COLUMN public.dunning_checkup_line.law_id IS 'Law';
COMMENT ON COLUMN public.dunning_checkup_line.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_checkup_line.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_checkup_line.severity IS 'Weight';
COMMENT ON COLUMN public.dunning_checkup_line.kind IS 'Debtors';
COMMENT ON COLUMN public.dunning_checkup_line.message IS 'What Happens, and What to Do';
COMMENT ON COLUMN public.dunning_checkup_line.concerns IS 'Our Customers';
COMMENT ON COLUMN public.dunning_checkup_line.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_checkup_line.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_checkup_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_checkup_line_id_seq OWNED BY public.dunning_checkup_line.id;
CREATE TABLE public.dunning_collector_rule (
    id integer NOT NULL,
    sequence integer,
    company_id integer NOT NULL,
    user_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    minimum_overdue numeric,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_collector_rule IS 'Person in Charge by Rule';
COMMENT ON COLUMN public.dunning_collector_rule.sequence IS 'Sequence';
COMMENT ON COLUMN public.dunning_collector_rule.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_collector_rule.user_id IS 'Person in Charge';
COMMENT ON COLUMN public.dunning_collector_rule.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_collector_rule.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_collector_rule.minimum_overdue IS 'Overdue from';
COMMENT ON COLUMN public.dunning_collector_rule.active IS 'Active';
COMMENT ON COLUMN public.dunning_collector_rule.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_collector_rule.write_date IS 'Last Updated on';
CREATE TABLE public.dunning_collector_rule_dunning_segment_rel (
    dunning_collector_rule_id integer NOT NULL,
    dunning_segment_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_collector_rule_dunning_segment_rel IS 'RELATION BETWEEN dunning_collector_rule AND dunning_segment';
CREATE SEQUENCE public.dunning_collector_rule_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_collector_rule_id_seq OWNED BY public.dunning_collector_rule.id;
CREATE TABLE public.dunning_collector_rule_res_country_rel (
    dunning_collector_rule_id integer NOT NULL,
    res_country_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_collector_rule_res_country_rel IS 'RELATION BETWEEN dunning_collector_rule AND res_country';
CREATE TABLE public.dunning_collector_rule_salesperson_rel (
    dunning_collector_rule_id integer NOT NULL,
    res_users_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_collector_rule_salesperson_rel IS 'RELATION BETWEEN dunning_collector_rule AND res_users';
CREATE TABLE public.dunning_communication (
    id integer NOT NULL,
    debtor_id integer NOT NULL,
    company_id integer,
    customer_id integer,
    partner_id integer,
    currency_id integer,
    user_id integer,
    run_id integer,
    level_id integer,
    level_number integer,
    notice_law_id integer,
    previous_id integer,
    mail_id integer,
    retry_count integer,
    letter_batch_id integer,
    letter_attachment_id integer,
    create_uid integer,
    write_uid integer,
    access_token character varying,
    channel character varying NOT NULL,
    direction character varying NOT NULL,
    state character varying NOT NULL,
    subject character varying NOT NULL,
    tone character varying,
    email character varying,
    notice_date date,
    body text,
    opening text,
    failure_reason text,
    outcome text,
    amount_charges numeric,
    amount_total numeric,
    is_reminder boolean,
    is_manual boolean,
    needs_attention boolean,
    date timestamp without time zone NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_communication IS 'Communication with a Debtor';
COMMENT ON COLUMN public.dunning_communication.debtor_id IS 'Debtor';
COMMENT ON COLUMN public.dunning_communication.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_communication.customer_id IS 'Customer';
COMMENT ON COLUMN public.dunning_communication.partner_id IS 'Contact';
COMMENT ON COLUMN public.dunning_communication.currency_id IS 'Currency';
COMMENT ON COLUMN public.dunning_communication.user_id IS 'By';
COMMENT ON COLUMN public.dunning_communication.run_id IS 'Run';
COMMENT ON COLUMN public.dunning_communication.level_id IS 'Step';
COMMENT ON COLUMN public.dunning_communication.level_number IS 'Level';
COMMENT ON COLUMN public.dunning_communication.notice_law_id IS 'Notice By';
COMMENT ON COLUMN public.dunning_communication.previous_id IS 'After Failure Of';
COMMENT ON COLUMN public.dunning_communication.mail_id IS 'Mail';
COMMENT ON COLUMN public.dunning_communication.retry_count IS 'Tries';
COMMENT ON COLUMN public.dunning_communication.letter_batch_id IS 'Letter Batch';
COMMENT ON COLUMN public.dunning_communication.letter_attachment_id IS 'Letter';
COMMENT ON COLUMN public.dunning_communication.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_communication.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_communication.access_token IS 'Security Token';
COMMENT ON COLUMN public.dunning_communication.channel IS 'Channel';
COMMENT ON COLUMN public.dunning_communication.direction IS 'Direction';
COMMENT ON COLUMN public.dunning_communication.state IS 'State';
COMMENT ON COLUMN public.dunning_communication.subject IS 'Subject';
COMMENT ON COLUMN public.dunning_communication.tone IS 'Tone';
COMMENT ON COLUMN public.dunning_communication.email IS 'Address';
COMMENT ON COLUMN public.dunning_communication.notice_date IS 'Notice';
COMMENT ON COLUMN public.dunning_communication.body IS 'Text';
COMMENT ON COLUMN public.dunning_communication.opening IS 'Added Words';
COMMENT ON COLUMN public.dunning_communication.failure_reason IS 'Failure Reason';
COMMENT ON COLUMN public.dunning_communication.outcome IS 'Left Out';
COMMENT ON COLUMN public.dunning_communication.amount_charges IS 'Costs and Interest';
COMMENT ON COLUMN public.dunning_communication.amount_total IS 'Asked';
COMMENT ON COLUMN public.dunning_communication.is_reminder IS 'Is Reminder';
COMMENT ON COLUMN public.dunning_communication.is_manual IS 'Sent by a Person';
COMMENT ON COLUMN public.dunning_communication.needs_attention IS 'Needs Attention';
COMMENT ON COLUMN public.dunning_communication.date IS 'Date';
COMMENT ON COLUMN public.dunning_communication.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_communication.write_date IS 'Last Updated on';
CREATE TABLE public.dunning_communication_dunning_confirm_posting_rel (
    dunning_confirm_posting_id integer NOT NULL,
    dunning_communication_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_communication_dunning_confirm_posting_rel IS 'RELATION BETWEEN dunning_confirm_posting AND dunning_communication';
CREATE SEQUENCE public.dunning_communication_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_communication_id_seq OWNED BY public.dunning_communication.id;
CREATE TABLE public.dunning_communication_line (
    id integer NOT NULL,
    communication_id integer NOT NULL,
    move_line_id integer,
    move_id integer,
    rank integer,
    level_id integer,
    level_number integer,
    law_id integer,
    needs_notices integer,
    charge_id integer,
    document character varying,
    date date,
    notice_date date,
    document_date date,
    due_date date,
    charge_from date,
    calculation jsonb,
    charge_note text,
    amount_open numeric,
    amount_covered numeric,
    amount_asked numeric,
    amount_cost numeric,
    amount_reminder numeric,
    amount_interest numeric,
    amount_settled numeric,
    void boolean,
    is_notice boolean
);
COMMENT ON TABLE public.dunning_communication_line IS 'Invoice in a Communication';
COMMENT ON COLUMN public.dunning_communication_line.communication_id IS 'Communication';
COMMENT ON COLUMN public.dunning_communication_line.move_line_id IS 'Open Item';
COMMENT ON COLUMN public.dunning_communication_line.move_id IS 'Invoice';
COMMENT ON COLUMN public.dunning_communication_line.rank IS 'Instalment';
COMMENT ON COLUMN public.dunning_communication_line.level_id IS 'Step';
COMMENT ON COLUMN public.dunning_communication_line.level_number IS 'Level';
COMMENT ON COLUMN public.dunning_communication_line.law_id IS 'Law';
COMMENT ON COLUMN public.dunning_communication_line.needs_notices IS 'Needs Notices';
COMMENT ON COLUMN public.dunning_communication_line.charge_id IS 'Left Open';
COMMENT ON COLUMN public.dunning_communication_line.document IS 'Document';
COMMENT ON COLUMN public.dunning_communication_line.date IS 'Date';
COMMENT ON COLUMN public.dunning_communication_line.notice_date IS 'Notice';
COMMENT ON COLUMN public.dunning_communication_line.document_date IS 'Document Date';
COMMENT ON COLUMN public.dunning_communication_line.due_date IS 'Due Date';
COMMENT ON COLUMN public.dunning_communication_line.charge_from IS 'Costs From';
COMMENT ON COLUMN public.dunning_communication_line.calculation IS 'Calculation';
COMMENT ON COLUMN public.dunning_communication_line.charge_note IS 'Why No Costs';
COMMENT ON COLUMN public.dunning_communication_line.amount_open IS 'Open';
COMMENT ON COLUMN public.dunning_communication_line.amount_covered IS 'Received';
COMMENT ON COLUMN public.dunning_communication_line.amount_asked IS 'Asked';
COMMENT ON COLUMN public.dunning_communication_line.amount_cost IS 'Costs';
COMMENT ON COLUMN public.dunning_communication_line.amount_reminder IS 'Of Them for Reminders';
COMMENT ON COLUMN public.dunning_communication_line.amount_interest IS 'Interest';
COMMENT ON COLUMN public.dunning_communication_line.amount_settled IS 'Received for Them';
COMMENT ON COLUMN public.dunning_communication_line.void IS 'Void';
COMMENT ON COLUMN public.dunning_communication_line.is_notice IS 'Notice of the Law';
CREATE SEQUENCE public.dunning_communication_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_communication_line_id_seq OWNED BY public.dunning_communication_line.id;
CREATE TABLE public.dunning_confirm_posting (
    id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    posted_on date NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_confirm_posting IS 'Confirm the Day of Posting';
COMMENT ON COLUMN public.dunning_confirm_posting.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_confirm_posting.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_confirm_posting.posted_on IS 'Posted On';
COMMENT ON COLUMN public.dunning_confirm_posting.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_confirm_posting.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_confirm_posting_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_confirm_posting_id_seq OWNED BY public.dunning_confirm_posting.id;
CREATE TABLE public.dunning_credit_event (
    id integer NOT NULL,
    debtor_id integer NOT NULL,
    company_id integer,
    provider_id integer NOT NULL,
    report_id integer,
    create_uid integer,
    write_uid integer,
    text character varying NOT NULL,
    provider_key character varying,
    date date,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_credit_event IS 'Event of a Credit Report';
COMMENT ON COLUMN public.dunning_credit_event.debtor_id IS 'Debtor';
COMMENT ON COLUMN public.dunning_credit_event.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_credit_event.provider_id IS 'Provider';
COMMENT ON COLUMN public.dunning_credit_event.report_id IS 'Report';
COMMENT ON COLUMN public.dunning_credit_event.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_event.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_event.text IS 'What Happened';
COMMENT ON COLUMN public.dunning_credit_event.provider_key IS 'Their Number';
COMMENT ON COLUMN public.dunning_credit_event.date IS 'Date';
COMMENT ON COLUMN public.dunning_credit_event.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_event.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_credit_event_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_event_id_seq OWNED BY public.dunning_credit_event.id;
CREATE TABLE public.dunning_credit_import (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    company_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    state character varying NOT NULL,
    filename character varying,
    date date NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    content bytea
);
COMMENT ON TABLE public.dunning_credit_import IS 'Import Credit Reports';
COMMENT ON COLUMN public.dunning_credit_import.provider_id IS 'From';
COMMENT ON COLUMN public.dunning_credit_import.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_credit_import.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_import.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_import.state IS 'State';
COMMENT ON COLUMN public.dunning_credit_import.filename IS 'Filename';
COMMENT ON COLUMN public.dunning_credit_import.date IS 'Date of the Reports';
COMMENT ON COLUMN public.dunning_credit_import.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_import.write_date IS 'Last Updated on';
COMMENT ON COLUMN public.dunning_credit_import.content IS 'File';
CREATE TABLE public.dunning_credit_import_column (
    id integer NOT NULL,
    wizard_id integer NOT NULL,
    index integer,
    create_uid integer,
    write_uid integer,
    heading character varying,
    sample character varying,
    target character varying,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_credit_import_column IS 'Column of a File of Credit Reports';
COMMENT ON COLUMN public.dunning_credit_import_column.wizard_id IS 'Wizard';
COMMENT ON COLUMN public.dunning_credit_import_column.index IS 'Index';
COMMENT ON COLUMN public.dunning_credit_import_column.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_import_column.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_import_column.heading IS 'Heading';
COMMENT ON COLUMN public.dunning_credit_import_column.sample IS 'First Row';
COMMENT ON COLUMN public.dunning_credit_import_column.target IS 'Holds';
COMMENT ON COLUMN public.dunning_credit_import_column.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_import_column.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_credit_import_column_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_import_column_id_seq OWNED BY public.dunning_credit_import_column.id;
CREATE SEQUENCE public.dunning_credit_import_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_import_id_seq OWNED BY public.dunning_credit_import.id;
CREATE TABLE public.dunning_credit_import_line (
    id integer NOT NULL,
    wizard_id integer NOT NULL,
    "row" integer,
    partner_id integer,
    score integer,
    create_uid integer,
    write_uid integer,
    state character varying NOT NULL,
    error character varying,
    provider_score character varying,
    band character varying,
    currency character varying,
    status character varying,
    status_text character varying,
    date date,
    credit_limit numeric,
    equity numeric,
    has_limit boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    liquidity double precision
);
COMMENT ON TABLE public.dunning_credit_import_line IS 'Row of a File of Credit Reports';
COMMENT ON COLUMN public.dunning_credit_import_line.wizard_id IS 'Wizard';
COMMENT ON COLUMN public.dunning_credit_import_line."row" IS 'Row';
COMMENT ON COLUMN public.dunning_credit_import_line.partner_id IS 'Customer';
COMMENT ON COLUMN public.dunning_credit_import_line.score IS 'Score';
COMMENT ON COLUMN public.dunning_credit_import_line.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_import_line.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_import_line.state IS 'State';
COMMENT ON COLUMN public.dunning_credit_import_line.error IS 'Error';
COMMENT ON COLUMN public.dunning_credit_import_line.provider_score IS 'In Their Words';
COMMENT ON COLUMN public.dunning_credit_import_line.band IS 'Band';
COMMENT ON COLUMN public.dunning_credit_import_line.currency IS 'Currency';
COMMENT ON COLUMN public.dunning_credit_import_line.status IS 'Status';
COMMENT ON COLUMN public.dunning_credit_import_line.status_text IS 'Status in Their Words';
COMMENT ON COLUMN public.dunning_credit_import_line.date IS 'Date';
COMMENT ON COLUMN public.dunning_credit_import_line.credit_limit IS 'Limit';
COMMENT ON COLUMN public.dunning_credit_import_line.equity IS 'Equity';
COMMENT ON COLUMN public.dunning_credit_import_line.has_limit IS 'Has Limit';
COMMENT ON COLUMN public.dunning_credit_import_line.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_import_line.write_date IS 'Last Updated on';
COMMENT ON COLUMN public.dunning_credit_import_line.liquidity IS 'Liquidity';
CREATE SEQUENCE public.dunning_credit_import_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_import_line_id_seq OWNED BY public.dunning_credit_import_line.id;
CREATE TABLE public.dunning_credit_provider (
    id integer NOT NULL,
    sequence integer,
    company_id integer,
    timeout integer NOT NULL,
    tries integer NOT NULL,
    daily_budget integer NOT NULL,
    create_uid integer,
    write_uid integer,
    dnb_confidence integer,
    name character varying NOT NULL,
    code character varying NOT NULL,
    base_url character varying,
    username character varying,
    password character varying,
    ask_new character varying NOT NULL,
    portfolio_key character varying,
    score_scale character varying NOT NULL,
    dnb_blocks character varying,
    dnb_token_version character varying,
    dnb_registration_type character varying,
    auth_method character varying NOT NULL,
    api_key character varying,
    key_header character varying,
    token_path character varying,
    token_scope character varying,
    request_method character varying,
    request_path character varying,
    test_path character varying,
    path_score character varying,
    path_band character varying,
    path_limit character varying,
    path_currency character varying,
    path_status character varying,
    path_name character varying,
    path_date character varying,
    path_equity character varying,
    path_liquidity character varying,
    last_failure character varying,
    ask_new_since date,
    changes_from date,
    score_table text,
    insolvent_words text,
    struck_off_words text,
    inactive_words text,
    active_words text,
    request_body text,
    active boolean,
    search_is_paid boolean,
    watches boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    scale_safe double precision,
    scale_worst double precision,
    CONSTRAINT dunning_credit_provider_numbers_in_range CHECK ((((timeout >= 1) AND (timeout <= 300)) AND ((tries >= 1) AND (tries <= 10)) AND (daily_budget >= 0)))
);
COMMENT ON TABLE public.dunning_credit_provider IS 'Credit Information Provider';
COMMENT ON COLUMN public.dunning_credit_provider.sequence IS 'Sequence';
COMMENT ON COLUMN public.dunning_credit_provider.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_credit_provider.timeout IS 'Wait for an Answer (seconds)';
COMMENT ON COLUMN public.dunning_credit_provider.tries IS 'Tries';
COMMENT ON COLUMN public.dunning_credit_provider.daily_budget IS 'Paid Calls a Day';
COMMENT ON COLUMN public.dunning_credit_provider.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_provider.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_provider.dnb_confidence IS 'Least Confidence';
COMMENT ON COLUMN public.dunning_credit_provider.name IS 'Name';
COMMENT ON COLUMN public.dunning_credit_provider.code IS 'Service';
COMMENT ON COLUMN public.dunning_credit_provider.base_url IS 'Base Address';
COMMENT ON COLUMN public.dunning_credit_provider.username IS 'User or Key';
COMMENT ON COLUMN public.dunning_credit_provider.password IS 'Password or Secret';
COMMENT ON COLUMN public.dunning_credit_provider.ask_new IS 'Ask by Itself';
COMMENT ON COLUMN public.dunning_credit_provider.portfolio_key IS 'Number of the List';
COMMENT ON COLUMN public.dunning_credit_provider.score_scale IS 'Score Scale';
COMMENT ON COLUMN public.dunning_credit_provider.dnb_blocks IS 'Data Blocks';
COMMENT ON COLUMN public.dunning_credit_provider.dnb_token_version IS 'Log-in Version';
COMMENT ON COLUMN public.dunning_credit_provider.dnb_registration_type IS 'Type of Registration Number';
COMMENT ON COLUMN public.dunning_credit_provider.auth_method IS 'How It Logs In';
COMMENT ON COLUMN public.dunning_credit_provider.api_key IS 'Key';
COMMENT ON COLUMN public.dunning_credit_provider.key_header IS 'Header of the Key';
COMMENT ON COLUMN public.dunning_credit_provider.token_path IS 'Address of the Token';
COMMENT ON COLUMN public.dunning_credit_provider.token_scope IS 'Scope';
COMMENT ON COLUMN public.dunning_credit_provider.request_method IS 'Way of Asking';
COMMENT ON COLUMN public.dunning_credit_provider.request_path IS 'Address of a Report';
COMMENT ON COLUMN public.dunning_credit_provider.test_path IS 'Address of a Test';
COMMENT ON COLUMN public.dunning_credit_provider.path_score IS 'Where the Score Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_band IS 'Where the Band Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_limit IS 'Where the Limit Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_currency IS 'Where the Currency Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_status IS 'Where the Status Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_name IS 'Where the Company''s Name Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_date IS 'Where the Date Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_equity IS 'Where the Equity Stands';
COMMENT ON COLUMN public.dunning_credit_provider.path_liquidity IS 'Where the Liquidity Stands';
COMMENT ON COLUMN public.dunning_credit_provider.last_failure IS 'Last Failure';
COMMENT ON COLUMN public.dunning_credit_provider.ask_new_since IS 'New Since';
COMMENT ON COLUMN public.dunning_credit_provider.changes_from IS 'Changes Asked From';
COMMENT ON COLUMN public.dunning_credit_provider.score_table IS 'Score Table';
COMMENT ON COLUMN public.dunning_credit_provider.insolvent_words IS 'Words for Insolvent';
COMMENT ON COLUMN public.dunning_credit_provider.struck_off_words IS 'Words for Struck Off';
COMMENT ON COLUMN public.dunning_credit_provider.inactive_words IS 'Words for Not Active';
COMMENT ON COLUMN public.dunning_credit_provider.active_words IS 'Words for Active';
COMMENT ON COLUMN public.dunning_credit_provider.request_body IS 'What Is Sent';
COMMENT ON COLUMN public.dunning_credit_provider.active IS 'Active';
COMMENT ON COLUMN public.dunning_credit_provider.search_is_paid IS 'Searches Count Too';
COMMENT ON COLUMN public.dunning_credit_provider.watches IS 'Watch Customers at the Service';
COMMENT ON COLUMN public.dunning_credit_provider.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_provider.write_date IS 'Last Updated on';
COMMENT ON COLUMN public.dunning_credit_provider.scale_safe IS 'Their Number for Safe';
COMMENT ON COLUMN public.dunning_credit_provider.scale_worst IS 'Their Number for Worst';
COMMENT ON CONSTRAINT dunning_credit_provider_numbers_in_range ON public.dunning_credit_provider IS 'CHECK (timeout BETWEEN 1 AND 300 AND tries BETWEEN 1 AND 10 AND daily_budget >= 0)';
CREATE SEQUENCE public.dunning_credit_provider_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_provider_id_seq OWNED BY public.dunning_credit_provider.id;
CREATE TABLE public.dunning_credit_provider_res_country_rel (
    dunning_credit_provider_id integer NOT NULL,
    res_country_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_credit_provider_res_country_rel IS 'RELATION BETWEEN dunning_credit_provider AND res_country';
CREATE TABLE public.dunning_credit_report (
    id integer NOT NULL,
    debtor_id integer NOT NULL,
    partner_id integer,
    company_id integer,
    provider_id integer NOT NULL,
    score integer,
    currency_id integer,
    previous_id integer,
    score_change integer,
    create_uid integer,
    write_uid integer,
    provider_key character varying,
    company_name character varying,
    provider_score character varying,
    band character varying,
    status character varying NOT NULL,
    status_text character varying,
    date date NOT NULL,
    credit_limit numeric,
    equity numeric,
    has_credit_limit boolean,
    has_changed boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    liquidity double precision
);
COMMENT ON TABLE public.dunning_credit_report IS 'Credit Report';
COMMENT ON COLUMN public.dunning_credit_report.debtor_id IS 'Debtor';
COMMENT ON COLUMN public.dunning_credit_report.partner_id IS 'Customer';
COMMENT ON COLUMN public.dunning_credit_report.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_credit_report.provider_id IS 'From';
COMMENT ON COLUMN public.dunning_credit_report.score IS 'Score';
COMMENT ON COLUMN public.dunning_credit_report.currency_id IS 'Currency';
COMMENT ON COLUMN public.dunning_credit_report.previous_id IS 'Report Before';
COMMENT ON COLUMN public.dunning_credit_report.score_change IS 'Change of Score';
COMMENT ON COLUMN public.dunning_credit_report.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_report.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_report.provider_key IS 'Their Number';
COMMENT ON COLUMN public.dunning_credit_report.company_name IS 'Name There';
COMMENT ON COLUMN public.dunning_credit_report.provider_score IS 'In Their Words';
COMMENT ON COLUMN public.dunning_credit_report.band IS 'Band';
COMMENT ON COLUMN public.dunning_credit_report.status IS 'Status';
COMMENT ON COLUMN public.dunning_credit_report.status_text IS 'Status in Their Words';
COMMENT ON COLUMN public.dunning_credit_report.date IS 'Date';
COMMENT ON COLUMN public.dunning_credit_report.credit_limit IS 'Advised Limit';
COMMENT ON COLUMN public.dunning_credit_report.equity IS 'Equity';
COMMENT ON COLUMN public.dunning_credit_report.has_credit_limit IS 'Names a Limit';
COMMENT ON COLUMN public.dunning_credit_report.has_changed IS 'Changed';
COMMENT ON COLUMN public.dunning_credit_report.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_report.write_date IS 'Last Updated on';
COMMENT ON COLUMN public.dunning_credit_report.liquidity IS 'Liquidity';
CREATE SEQUENCE public.dunning_credit_report_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_report_id_seq OWNED BY public.dunning_credit_report.id;
CREATE TABLE public.dunning_credit_session (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    token character varying,
    token_expires timestamp without time zone,
    paused_until timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_credit_session IS 'Session with a Credit Information Service';
COMMENT ON COLUMN public.dunning_credit_session.provider_id IS 'Provider';
COMMENT ON COLUMN public.dunning_credit_session.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_session.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_session.token IS 'Token';
COMMENT ON COLUMN public.dunning_credit_session.token_expires IS 'Token Expires';
COMMENT ON COLUMN public.dunning_credit_session.paused_until IS 'Paused Until';
COMMENT ON COLUMN public.dunning_credit_session.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_session.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_credit_session_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_session_id_seq OWNED BY public.dunning_credit_session.id;
CREATE TABLE public.dunning_credit_usage (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    calls integer,
    create_uid integer,
    write_uid integer,
    date date NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_credit_usage IS 'Paid Calls of a Day';
COMMENT ON COLUMN public.dunning_credit_usage.provider_id IS 'Provider';
COMMENT ON COLUMN public.dunning_credit_usage.calls IS 'Paid Calls';
COMMENT ON COLUMN public.dunning_credit_usage.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_credit_usage.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_credit_usage.date IS 'Date';
COMMENT ON COLUMN public.dunning_credit_usage.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_credit_usage.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_credit_usage_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_credit_usage_id_seq OWNED BY public.dunning_credit_usage.id;
CREATE TABLE public.dunning_debtor (
    id integer NOT NULL,
    partner_id integer NOT NULL,
    company_id integer NOT NULL,
    segment_id integer,
    user_id integer,
    policy_id integer,
    reminder_contact_id integer,
    open_count integer,
    overdue_count integer,
    settled_count integer,
    create_uid integer,
    write_uid integer,
    credit_report_id integer,
    credit_score integer,
    credit_watched_by_id integer,
    risk_score integer,
    worst_days_late integer,
    returned_count integer,
    kind_override character varying,
    hold_reason character varying,
    preferred_channel character varying,
    payment_means character varying NOT NULL,
    credit_status character varying,
    credit_failure character varying,
    delivery_warning character varying,
    insolvency_released character varying,
    segment_reason character varying,
    hold_until date,
    postponed_until date,
    oldest_due_date date,
    last_payment_date date,
    backlog_date date,
    credit_asked_on date,
    trend_warned_on date,
    customer_since date,
    segment_until date,
    lateness jsonb,
    open_amount numeric,
    overdue_amount numeric,
    unapplied_amount numeric,
    average_days_late numeric,
    share_late numeric,
    late_chance numeric,
    late_chance_10 numeric,
    late_chance_30 numeric,
    weighted_days_late numeric,
    recent_days_late numeric,
    earlier_days_late numeric,
    trend_days numeric,
    spread_days_late numeric,
    to_invoice_amount numeric,
    limit_use numeric,
    active boolean,
    user_is_chosen boolean,
    by_hand_only boolean,
    is_insolvent boolean,
    delivery_hold boolean,
    segment_is_chosen boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_debtor IS 'Debtor';
COMMENT ON COLUMN public.dunning_debtor.partner_id IS 'Customer';
COMMENT ON COLUMN public.dunning_debtor.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_debtor.segment_id IS 'Segment';
COMMENT ON COLUMN public.dunning_debtor.user_id IS 'Person in Charge';
COMMENT ON COLUMN public.dunning_debtor.policy_id IS 'Own Policy';
COMMENT ON COLUMN public.dunning_debtor.reminder_contact_id IS 'Contact for Reminders';
COMMENT ON COLUMN public.dunning_debtor.open_count IS 'Open Items';
COMMENT ON COLUMN public.dunning_debtor.overdue_count IS 'Overdue Items';
COMMENT ON COLUMN public.dunning_debtor.settled_count IS 'Settled Items';
COMMENT ON COLUMN public.dunning_debtor.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_debtor.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_debtor.credit_report_id IS 'Newest Credit Report';
COMMENT ON COLUMN public.dunning_debtor.credit_score IS 'Credit Score';
COMMENT ON COLUMN public.dunning_debtor.credit_watched_by_id IS 'Watched By';
COMMENT ON COLUMN public.dunning_debtor.risk_score IS 'Risk Score';
COMMENT ON COLUMN public.dunning_debtor.worst_days_late IS 'Worst (Days)';
COMMENT ON COLUMN public.dunning_debtor.returned_count IS 'Payments Returned';
COMMENT ON COLUMN public.dunning_debtor.kind_override IS 'Business or Consumer';
COMMENT ON COLUMN public.dunning_debtor.hold_reason IS 'Hold Reason';
COMMENT ON COLUMN public.dunning_debtor.preferred_channel IS 'Preferred Channel';
COMMENT ON COLUMN public.dunning_debtor.payment_means IS 'Payment Means';
COMMENT ON COLUMN public.dunning_debtor.credit_status IS 'Status There';
COMMENT ON COLUMN public.dunning_debtor.credit_failure IS 'Why There Is No Report';
COMMENT ON COLUMN public.dunning_debtor.delivery_warning IS 'Delivery Warning';
COMMENT ON COLUMN public.dunning_debtor.insolvency_released IS 'Insolvency Released';
COMMENT ON COLUMN public.dunning_debtor.segment_reason IS 'Why This Segment';
COMMENT ON COLUMN public.dunning_debtor.hold_until IS 'On Hold Until';
COMMENT ON COLUMN public.dunning_debtor.postponed_until IS 'Next Step not before';
COMMENT ON COLUMN public.dunning_debtor.oldest_due_date IS 'Oldest Due Date';
COMMENT ON COLUMN public.dunning_debtor.last_payment_date IS 'Last Payment';
COMMENT ON COLUMN public.dunning_debtor.backlog_date IS 'Older Invoices since';
COMMENT ON COLUMN public.dunning_debtor.credit_asked_on IS 'Credit Report Asked On';
COMMENT ON COLUMN public.dunning_debtor.trend_warned_on IS 'Trend Warned On';
COMMENT ON COLUMN public.dunning_debtor.customer_since IS 'Customer Since';
COMMENT ON COLUMN public.dunning_debtor.segment_until IS 'Segment Chosen Until';
COMMENT ON COLUMN public.dunning_debtor.lateness IS 'Lateness';
COMMENT ON COLUMN public.dunning_debtor.open_amount IS 'Open';
COMMENT ON COLUMN public.dunning_debtor.overdue_amount IS 'Overdue';
COMMENT ON COLUMN public.dunning_debtor.unapplied_amount IS 'Unapplied';
COMMENT ON COLUMN public.dunning_debtor.average_days_late IS 'Average Days beyond Terms';
COMMENT ON COLUMN public.dunning_debtor.share_late IS 'Share Paid Late (%)';
COMMENT ON COLUMN public.dunning_debtor.late_chance IS 'Chance of Late Payment (%)';
COMMENT ON COLUMN public.dunning_debtor.late_chance_10 IS 'Chance of More than 10 Days Late (%)';
COMMENT ON COLUMN public.dunning_debtor.late_chance_30 IS 'Chance of More than 30 Days Late (%)';
COMMENT ON COLUMN public.dunning_debtor.weighted_days_late IS 'Average Days, by Amount';
COMMENT ON COLUMN public.dunning_debtor.recent_days_late IS 'Last 6 Months';
COMMENT ON COLUMN public.dunning_debtor.earlier_days_late IS 'The 12 Months before';
COMMENT ON COLUMN public.dunning_debtor.trend_days IS 'Trend (Days)';
COMMENT ON COLUMN public.dunning_debtor.spread_days_late IS 'Spread (Days)';
COMMENT ON COLUMN public.dunning_debtor.to_invoice_amount IS 'To Invoice';
COMMENT ON COLUMN public.dunning_debtor.limit_use IS 'Limit Used (%)';
COMMENT ON COLUMN public.dunning_debtor.active IS 'Active';
COMMENT ON COLUMN public.dunning_debtor.user_is_chosen IS 'Chosen by Hand';
COMMENT ON COLUMN public.dunning_debtor.by_hand_only IS 'By Hand Only';
COMMENT ON COLUMN public.dunning_debtor.is_insolvent IS 'Insolvent';
COMMENT ON COLUMN public.dunning_debtor.delivery_hold IS 'Deliveries on Hold';
COMMENT ON COLUMN public.dunning_debtor.segment_is_chosen IS 'Segment Chosen by Hand';
COMMENT ON COLUMN public.dunning_debtor.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_debtor.write_date IS 'Last Updated on';
CREATE TABLE public.dunning_debtor_dunning_step_change_rel (
    dunning_step_change_id integer NOT NULL,
    dunning_debtor_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_debtor_dunning_step_change_rel IS 'RELATION BETWEEN dunning_step_change AND dunning_debtor';
CREATE SEQUENCE public.dunning_debtor_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_debtor_id_seq OWNED BY public.dunning_debtor.id;
CREATE TABLE public.dunning_hold (
    id integer NOT NULL,
    move_id integer NOT NULL,
    company_id integer,
    user_id integer,
    create_uid integer,
    write_uid integer,
    kind character varying NOT NULL,
    date_until date,
    note text,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_hold IS 'Invoice on Hold';
COMMENT ON COLUMN public.dunning_hold.move_id IS 'Invoice';
COMMENT ON COLUMN public.dunning_hold.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_hold.user_id IS 'By';
COMMENT ON COLUMN public.dunning_hold.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_hold.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_hold.kind IS 'Kind';
COMMENT ON COLUMN public.dunning_hold.date_until IS 'Until';
COMMENT ON COLUMN public.dunning_hold.note IS 'Reason';
COMMENT ON COLUMN public.dunning_hold.active IS 'Active';
COMMENT ON COLUMN public.dunning_hold.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_hold.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_hold_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_hold_id_seq OWNED BY public.dunning_hold.id;
CREATE TABLE public.dunning_interest_import (
    id integer NOT NULL,
    kind_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    filename character varying,
    source character varying NOT NULL,
    standing character varying NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_interest_import IS 'Import Interest Rates';
COMMENT ON COLUMN public.dunning_interest_import.kind_id IS 'Kind of Rate';
COMMENT ON COLUMN public.dunning_interest_import.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_interest_import.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_interest_import.filename IS 'Filename';
COMMENT ON COLUMN public.dunning_interest_import.source IS 'Source';
COMMENT ON COLUMN public.dunning_interest_import.standing IS 'Reliability';
COMMENT ON COLUMN public.dunning_interest_import.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_interest_import.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_interest_import_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_interest_import_id_seq OWNED BY public.dunning_interest_import.id;
CREATE TABLE public.dunning_interest_kind (
    id integer NOT NULL,
    sequence integer,
    create_uid integer,
    write_uid integer,
    period character varying NOT NULL,
    name jsonb NOT NULL,
    published jsonb,
    active boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_interest_kind IS 'Kind of Interest Rate';
COMMENT ON COLUMN public.dunning_interest_kind.sequence IS 'Sequence';
COMMENT ON COLUMN public.dunning_interest_kind.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_interest_kind.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_interest_kind.period IS 'A Rate Holds';
COMMENT ON COLUMN public.dunning_interest_kind.name IS 'Name';
COMMENT ON COLUMN public.dunning_interest_kind.published IS 'Where It Is Published';
COMMENT ON COLUMN public.dunning_interest_kind.active IS 'Active';
COMMENT ON COLUMN public.dunning_interest_kind.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_interest_kind.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_interest_kind_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_interest_kind_id_seq OWNED BY public.dunning_interest_kind.id;
CREATE TABLE public.dunning_interest_rate (
    id integer NOT NULL,
    kind_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    source character varying NOT NULL,
    standing character varying NOT NULL,
    date date NOT NULL,
    date_to date,
    percent numeric NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT dunning_interest_rate_dates_order CHECK ((date_to >= date))
);
COMMENT ON TABLE public.dunning_interest_rate IS 'Interest Rate';
COMMENT ON COLUMN public.dunning_interest_rate.kind_id IS 'Kind';
COMMENT ON COLUMN public.dunning_interest_rate.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_interest_rate.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_interest_rate.source IS 'Source';
COMMENT ON COLUMN public.dunning_interest_rate.standing IS 'Reliability';
COMMENT ON COLUMN public.dunning_interest_rate.date IS 'From';
COMMENT ON COLUMN public.dunning_interest_rate.date_to IS 'To';
COMMENT ON COLUMN public.dunning_interest_rate.percent IS 'Percent a Year';
COMMENT ON COLUMN public.dunning_interest_rate.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_interest_rate.write_date IS 'Last Updated on';
COMMENT ON CONSTRAINT dunning_interest_rate_dates_order ON public.dunning_interest_rate IS 'CHECK (date_to >= date)';
CREATE SEQUENCE public.dunning_interest_rate_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_interest_rate_id_seq OWNED BY public.dunning_interest_rate.id;
CREATE TABLE public.dunning_lateness (
    id integer NOT NULL,
    company_id integer NOT NULL,
    settled_count integer,
    open_count integer,
    customer_count integer,
    create_uid integer,
    write_uid integer,
    date date,
    state jsonb,
    level numeric,
    "between" numeric,
    noise numeric,
    electronic numeric,
    drift numeric,
    dispute numeric,
    amount numeric,
    term numeric,
    report numeric,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_lateness IS 'What the Ledger Tells of Payment';
COMMENT ON COLUMN public.dunning_lateness.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_lateness.settled_count IS 'Paid Invoices';
COMMENT ON COLUMN public.dunning_lateness.open_count IS 'Open Invoices';
COMMENT ON COLUMN public.dunning_lateness.customer_count IS 'Customers';
COMMENT ON COLUMN public.dunning_lateness.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_lateness.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_lateness.date IS 'Learnt On';
COMMENT ON COLUMN public.dunning_lateness.state IS 'State';
COMMENT ON COLUMN public.dunning_lateness.level IS 'Usual Customer';
COMMENT ON COLUMN public.dunning_lateness."between" IS 'Between Customers';
COMMENT ON COLUMN public.dunning_lateness.noise IS 'Within a Customer';
COMMENT ON COLUMN public.dunning_lateness.electronic IS 'Sent Electronically';
COMMENT ON COLUMN public.dunning_lateness.drift IS 'Last Three Months';
COMMENT ON COLUMN public.dunning_lateness.dispute IS 'Disputed';
COMMENT ON COLUMN public.dunning_lateness.amount IS 'Larger Amount';
COMMENT ON COLUMN public.dunning_lateness.term IS 'Longer Term';
COMMENT ON COLUMN public.dunning_lateness.report IS 'Credit Report';
COMMENT ON COLUMN public.dunning_lateness.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_lateness.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_lateness_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_lateness_id_seq OWNED BY public.dunning_lateness.id;
CREATE TABLE public.dunning_law (
    id integer NOT NULL,
    sequence integer,
    country_id integer,
    country_group_id integer,
    currency_id integer NOT NULL,
    free_reminders integer,
    free_due_dates integer,
    wait_days integer,
    post_days integer,
    email_days integer,
    interest_kind_id integer,
    unagreed_days integer,
    interest_after_days integer,
    interest_months integer,
    interest_invoice_months integer,
    create_uid integer,
    write_uid integer,
    kind character varying NOT NULL,
    standing character varying NOT NULL,
    post_calendar character varying NOT NULL,
    wait_from character varying NOT NULL,
    interest_start character varying NOT NULL,
    interest_start_sme character varying,
    interest_start_agreed character varying,
    cost_basis character varying NOT NULL,
    date_from date NOT NULL,
    name jsonb NOT NULL,
    notice_text jsonb,
    default_text jsonb,
    source text NOT NULL,
    interest_margin numeric,
    cost_at_once numeric,
    cost_minimum numeric,
    cost_maximum numeric,
    reminder_cost numeric,
    active boolean,
    own_notice boolean,
    wait_moves boolean,
    interest_compounds boolean,
    interest_mention boolean,
    clause_needed boolean,
    reminder_postage boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT dunning_law_amounts_positive CHECK (((cost_at_once >= (0)::numeric) AND (cost_minimum >= (0)::numeric) AND (cost_maximum >= (0)::numeric) AND (reminder_cost >= (0)::numeric))),
    CONSTRAINT dunning_law_country_or_group CHECK (((country_id IS NULL) <> (country_group_id IS NULL))),
    CONSTRAINT dunning_law_positive CHECK (((free_reminders >= 0) AND (free_due_dates >= 0) AND (wait_days >= 0) AND (post_days >= 0) AND (email_days >= 0) AND (interest_after_days >= 0) AND (unagreed_days >= 0) AND (interest_months >= 0) AND (interest_invoice_months >= 0)))
);
COMMENT ON TABLE public.dunning_law IS 'Law on Late Payment';
COMMENT ON COLUMN public.dunning_law.sequence IS 'Sequence';
COMMENT ON COLUMN public.dunning_law.country_id IS 'Country';
COMMENT ON COLUMN public.dunning_law.country_group_id IS 'Countries without a Law of Their Own';
COMMENT ON COLUMN public.dunning_law.currency_id IS 'Currency';
COMMENT ON COLUMN public.dunning_law.free_reminders IS 'Free Reminders before Costs';
COMMENT ON COLUMN public.dunning_law.free_due_dates IS 'Free for Due Dates a Year';
COMMENT ON COLUMN public.dunning_law.wait_days IS 'Days to Wait';
COMMENT ON COLUMN public.dunning_law.post_days IS 'A Letter Arrives on Day';
COMMENT ON COLUMN public.dunning_law.email_days IS 'An E-mail Arrives after Days';
COMMENT ON COLUMN public.dunning_law.interest_kind_id IS 'Interest Rate';
COMMENT ON COLUMN public.dunning_law.unagreed_days IS '… without an Agreed Due Date, after Days';
COMMENT ON COLUMN public.dunning_law.interest_after_days IS '… at the Latest after Days';
COMMENT ON COLUMN public.dunning_law.interest_months IS 'Months after the Delivery';
COMMENT ON COLUMN public.dunning_law.interest_invoice_months IS 'Invoiced within Months';
COMMENT ON COLUMN public.dunning_law.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_law.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_law.kind IS 'Debtors';
COMMENT ON COLUMN public.dunning_law.standing IS 'Reliability';
COMMENT ON COLUMN public.dunning_law.post_calendar IS 'Days Counted for Letters';
COMMENT ON COLUMN public.dunning_law.wait_from IS 'Waiting Begins On';
COMMENT ON COLUMN public.dunning_law.interest_start IS 'Interest Runs From';
COMMENT ON COLUMN public.dunning_law.interest_start_sme IS '… for a Small Creditor';
COMMENT ON COLUMN public.dunning_law.interest_start_agreed IS '… with an Agreed Due Date';
COMMENT ON COLUMN public.dunning_law.cost_basis IS 'Scale Counts For';
COMMENT ON COLUMN public.dunning_law.date_from IS 'Valid From';
COMMENT ON COLUMN public.dunning_law.name IS 'Name';
COMMENT ON COLUMN public.dunning_law.notice_text IS 'What the Reminder Must State';
COMMENT ON COLUMN public.dunning_law.default_text IS 'Notice of Default';
COMMENT ON COLUMN public.dunning_law.source IS 'Source';
COMMENT ON COLUMN public.dunning_law.interest_margin IS 'Points Added to the Rate';
COMMENT ON COLUMN public.dunning_law.cost_at_once IS 'Fixed Costs an Invoice';
COMMENT ON COLUMN public.dunning_law.cost_minimum IS 'Scale: At Least';
COMMENT ON COLUMN public.dunning_law.cost_maximum IS 'Scale: At Most';
COMMENT ON COLUMN public.dunning_law.reminder_cost IS 'Cost of a Further Reminder';
COMMENT ON COLUMN public.dunning_law.active IS 'Active';
COMMENT ON COLUMN public.dunning_law.own_notice IS 'First Reminder Goes on Its Own';
COMMENT ON COLUMN public.dunning_law.wait_moves IS 'Ends on a Working Day';
COMMENT ON COLUMN public.dunning_law.interest_compounds IS 'Interest Bears Interest';
COMMENT ON COLUMN public.dunning_law.interest_mention IS 'The Invoice Must Say So';
COMMENT ON COLUMN public.dunning_law.clause_needed IS 'Needs a Clause';
COMMENT ON COLUMN public.dunning_law.reminder_postage IS 'Postage on Top';
COMMENT ON COLUMN public.dunning_law.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_law.write_date IS 'Last Updated on';
COMMENT ON CONSTRAINT dunning_law_amounts_positive ON public.dunning_law IS 'CHECK (cost_at_once >= 0 AND cost_minimum >= 0 AND cost_maximum >= 0 AND reminder_cost >= 0)';
COMMENT ON CONSTRAINT dunning_law_country_or_group ON public.dunning_law IS 'CHECK ((country_id IS NULL) != (country_group_id IS NULL))';
COMMENT ON CONSTRAINT dunning_law_positive ON public.dunning_law IS 'CHECK (free_reminders >= 0 AND free_due_dates >= 0 AND wait_days >= 0 AND post_days >= 0 AND email_days >= 0 AND interest_after_days >= 0 AND unagreed_days >= 0 AND interest_months >= 0 AND interest_invoice_months >= 0)';
CREATE SEQUENCE public.dunning_law_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_law_id_seq OWNED BY public.dunning_law.id;
CREATE TABLE public.dunning_law_tier (
    id integer NOT NULL,
    law_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    above numeric,
    flat numeric,
    percent numeric,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT dunning_law_tier_positive CHECK (((above >= (0)::numeric) AND (flat >= (0)::numeric) AND ((percent >= (0)::numeric) AND (percent <= (100)::numeric))))
);
COMMENT ON TABLE public.dunning_law_tier IS 'Step of a Cost Scale';
COMMENT ON COLUMN public.dunning_law_tier.law_id IS 'Law';
COMMENT ON COLUMN public.dunning_law_tier.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_law_tier.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_law_tier.above IS 'Amounts Above';
COMMENT ON COLUMN public.dunning_law_tier.flat IS 'Fixed Sum';
COMMENT ON COLUMN public.dunning_law_tier.percent IS 'Percent of the Part Above';
COMMENT ON COLUMN public.dunning_law_tier.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_law_tier.write_date IS 'Last Updated on';
COMMENT ON CONSTRAINT dunning_law_tier_positive ON public.dunning_law_tier IS 'CHECK (above >= 0 AND flat >= 0 AND percent BETWEEN 0 AND 100)';
CREATE SEQUENCE public.dunning_law_tier_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_law_tier_id_seq OWNED BY public.dunning_law_tier.id;
CREATE TABLE public.dunning_letter_batch (
    id integer NOT NULL,
    company_id integer NOT NULL,
    printed_by integer,
    create_uid integer,
    write_uid integer,
    date date NOT NULL,
    posted_on date,
    printed_at timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_letter_batch IS 'Letters to Post';
COMMENT ON COLUMN public.dunning_letter_batch.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_letter_batch.printed_by IS 'Printed By';
COMMENT ON COLUMN public.dunning_letter_batch.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_letter_batch.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_letter_batch.date IS 'Date';
COMMENT ON COLUMN public.dunning_letter_batch.posted_on IS 'Posted On';
COMMENT ON COLUMN public.dunning_letter_batch.printed_at IS 'Printed At';
COMMENT ON COLUMN public.dunning_letter_batch.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_letter_batch.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_letter_batch_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_letter_batch_id_seq OWNED BY public.dunning_letter_batch.id;
CREATE TABLE public.dunning_level (
    id integer NOT NULL,
    policy_id integer NOT NULL,
    company_id integer,
    number integer NOT NULL,
    days integer,
    min_gap_days integer,
    create_uid integer,
    write_uid integer,
    channel character varying NOT NULL,
    tone character varying NOT NULL,
    costs character varying NOT NULL,
    name jsonb NOT NULL,
    subject jsonb NOT NULL,
    body jsonb NOT NULL,
    closing jsonb,
    call_script jsonb,
    minimum_amount numeric,
    active boolean,
    attach_letter boolean,
    attach_invoices boolean,
    needs_approval boolean,
    call_activity boolean,
    asks_interest boolean,
    gives_notice boolean,
    waits_for_law boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT dunning_level_gap_positive CHECK ((min_gap_days >= 0)),
    CONSTRAINT dunning_level_number_range CHECK (((number >= 0) AND (number <= 9)))
);
COMMENT ON TABLE public.dunning_level IS 'Dunning Step';
COMMENT ON COLUMN public.dunning_level.policy_id IS 'Policy';
COMMENT ON COLUMN public.dunning_level.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_level.number IS 'Number';
COMMENT ON COLUMN public.dunning_level.days IS 'Days after Due Date';
COMMENT ON COLUMN public.dunning_level.min_gap_days IS 'Least Days since Previous Step';
COMMENT ON COLUMN public.dunning_level.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_level.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_level.channel IS 'Channel';
COMMENT ON COLUMN public.dunning_level.tone IS 'Tone';
COMMENT ON COLUMN public.dunning_level.costs IS 'Asks Costs';
COMMENT ON COLUMN public.dunning_level.name IS 'Name';
COMMENT ON COLUMN public.dunning_level.subject IS 'Subject';
COMMENT ON COLUMN public.dunning_level.body IS 'Text';
COMMENT ON COLUMN public.dunning_level.closing IS 'Closing';
COMMENT ON COLUMN public.dunning_level.call_script IS 'Call Script';
COMMENT ON COLUMN public.dunning_level.minimum_amount IS 'Minimum Amount';
COMMENT ON COLUMN public.dunning_level.active IS 'Active';
COMMENT ON COLUMN public.dunning_level.attach_letter IS 'Attach Letter';
COMMENT ON COLUMN public.dunning_level.attach_invoices IS 'Attach Invoices';
COMMENT ON COLUMN public.dunning_level.needs_approval IS 'Needs Approval';
COMMENT ON COLUMN public.dunning_level.call_activity IS 'Plan a Call as Well';
COMMENT ON COLUMN public.dunning_level.asks_interest IS 'Asks Interest';
COMMENT ON COLUMN public.dunning_level.gives_notice IS 'Gives the Law''s Notice';
COMMENT ON COLUMN public.dunning_level.waits_for_law IS 'Waits for the End of the Notice';
COMMENT ON COLUMN public.dunning_level.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_level.write_date IS 'Last Updated on';
COMMENT ON CONSTRAINT dunning_level_gap_positive ON public.dunning_level IS 'CHECK (min_gap_days >= 0)';
COMMENT ON CONSTRAINT dunning_level_number_range ON public.dunning_level IS 'CHECK (number BETWEEN 0 AND 9)';
CREATE SEQUENCE public.dunning_level_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_level_id_seq OWNED BY public.dunning_level.id;
CREATE TABLE public.dunning_policy (
    id integer NOT NULL,
    sequence integer,
    company_id integer,
    create_uid integer,
    write_uid integer,
    left_charges character varying NOT NULL,
    name jsonb NOT NULL,
    description jsonb,
    waive_below numeric,
    active boolean,
    quiet_monday boolean,
    quiet_tuesday boolean,
    quiet_wednesday boolean,
    quiet_thursday boolean,
    quiet_friday boolean,
    quiet_saturday boolean,
    quiet_sunday boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    CONSTRAINT dunning_policy_waive_positive CHECK ((waive_below >= (0)::numeric))
);
COMMENT ON TABLE public.dunning_policy IS 'Dunning Policy';
COMMENT ON COLUMN public.dunning_policy.sequence IS 'Sequence';
COMMENT ON COLUMN public.dunning_policy.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_policy.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_policy.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_policy.left_charges IS 'Costs and Interest Left Open';
COMMENT ON COLUMN public.dunning_policy.name IS 'Name';
COMMENT ON COLUMN public.dunning_policy.description IS 'Description';
COMMENT ON COLUMN public.dunning_policy.waive_below IS 'Waived Below';
COMMENT ON COLUMN public.dunning_policy.active IS 'Active';
COMMENT ON COLUMN public.dunning_policy.quiet_monday IS 'Monday';
COMMENT ON COLUMN public.dunning_policy.quiet_tuesday IS 'Tuesday';
COMMENT ON COLUMN public.dunning_policy.quiet_wednesday IS 'Wednesday';
COMMENT ON COLUMN public.dunning_policy.quiet_thursday IS 'Thursday';
COMMENT ON COLUMN public.dunning_policy.quiet_friday IS 'Friday';
COMMENT ON COLUMN public.dunning_policy.quiet_saturday IS 'Saturday';
COMMENT ON COLUMN public.dunning_policy.quiet_sunday IS 'Sunday';
COMMENT ON COLUMN public.dunning_policy.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_policy.write_date IS 'Last Updated on';
COMMENT ON CONSTRAINT dunning_policy_waive_positive ON public.dunning_policy IS 'CHECK (waive_below >= 0)';
CREATE SEQUENCE public.dunning_policy_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_policy_id_seq OWNED BY public.dunning_policy.id;
CREATE TABLE public.dunning_preview (
    id integer NOT NULL,
    company_id integer NOT NULL,
    activate_id integer,
    create_uid integer,
    write_uid integer,
    date date NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_preview IS 'Preview of Tonight';
COMMENT ON COLUMN public.dunning_preview.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_preview.activate_id IS 'Answers';
COMMENT ON COLUMN public.dunning_preview.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_preview.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_preview.date IS 'Night Of';
COMMENT ON COLUMN public.dunning_preview.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_preview.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_preview_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_preview_id_seq OWNED BY public.dunning_preview.id;
CREATE TABLE public.dunning_preview_left (
    id integer NOT NULL,
    wizard_id integer NOT NULL,
    count integer,
    create_uid integer,
    write_uid integer,
    reason character varying,
    item_ids jsonb,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_preview_left IS 'Reason of the Preview';
COMMENT ON COLUMN public.dunning_preview_left.wizard_id IS 'Wizard';
COMMENT ON COLUMN public.dunning_preview_left.count IS 'Items';
COMMENT ON COLUMN public.dunning_preview_left.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_preview_left.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_preview_left.reason IS 'Reason';
COMMENT ON COLUMN public.dunning_preview_left.item_ids IS 'Item';
COMMENT ON COLUMN public.dunning_preview_left.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_preview_left.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_preview_left_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_preview_left_id_seq OWNED BY public.dunning_preview_left.id;
CREATE TABLE public.dunning_preview_line (
    id integer NOT NULL,
    wizard_id integer NOT NULL,
    customer_id integer,
    contact_id integer,
    level_id integer,
    currency_id integer,
    count integer,
    create_uid integer,
    write_uid integer,
    channel character varying,
    oldest_due_date date,
    item_ids jsonb,
    charge_note text,
    amount numeric,
    charges numeric,
    needs_approval boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_preview_line IS 'Message of the Preview';
COMMENT ON COLUMN public.dunning_preview_line.wizard_id IS 'Wizard';
COMMENT ON COLUMN public.dunning_preview_line.customer_id IS 'Customer';
COMMENT ON COLUMN public.dunning_preview_line.contact_id IS 'Goes To';
COMMENT ON COLUMN public.dunning_preview_line.level_id IS 'Highest Step';
COMMENT ON COLUMN public.dunning_preview_line.currency_id IS 'Currency';
COMMENT ON COLUMN public.dunning_preview_line.count IS 'Invoices';
COMMENT ON COLUMN public.dunning_preview_line.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_preview_line.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_preview_line.channel IS 'Channel';
COMMENT ON COLUMN public.dunning_preview_line.oldest_due_date IS 'Oldest Due Date';
COMMENT ON COLUMN public.dunning_preview_line.item_ids IS 'Item';
COMMENT ON COLUMN public.dunning_preview_line.charge_note IS 'Why No Costs';
COMMENT ON COLUMN public.dunning_preview_line.amount IS 'Amount';
COMMENT ON COLUMN public.dunning_preview_line.charges IS 'Costs and Interest';
COMMENT ON COLUMN public.dunning_preview_line.needs_approval IS 'Draft';
COMMENT ON COLUMN public.dunning_preview_line.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_preview_line.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_preview_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_preview_line_id_seq OWNED BY public.dunning_preview_line.id;
CREATE TABLE public.dunning_risk_history (
    id integer NOT NULL,
    debtor_id integer NOT NULL,
    company_id integer NOT NULL,
    risk_score integer,
    segment_id integer,
    previous_segment_id integer,
    date date NOT NULL,
    average_days_late numeric,
    open_amount numeric,
    overdue_amount numeric,
    is_chosen boolean
);
COMMENT ON TABLE public.dunning_risk_history IS 'Risk History';
COMMENT ON COLUMN public.dunning_risk_history.debtor_id IS 'Debtor';
COMMENT ON COLUMN public.dunning_risk_history.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_risk_history.risk_score IS 'Risk Score';
COMMENT ON COLUMN public.dunning_risk_history.segment_id IS 'Segment';
COMMENT ON COLUMN public.dunning_risk_history.previous_segment_id IS 'Segment before';
COMMENT ON COLUMN public.dunning_risk_history.date IS 'Date';
COMMENT ON COLUMN public.dunning_risk_history.average_days_late IS 'Average Days beyond Terms';
COMMENT ON COLUMN public.dunning_risk_history.open_amount IS 'Open';
COMMENT ON COLUMN public.dunning_risk_history.overdue_amount IS 'Overdue';
COMMENT ON COLUMN public.dunning_risk_history.is_chosen IS 'Chosen by Hand';
CREATE SEQUENCE public.dunning_risk_history_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_risk_history_id_seq OWNED BY public.dunning_risk_history.id;
CREATE TABLE public.dunning_run (
    id integer NOT NULL,
    company_id integer NOT NULL,
    looked_at_count integer,
    due_count integer,
    create_uid integer,
    write_uid integer,
    phase character varying NOT NULL,
    note character varying,
    date date NOT NULL,
    started_at timestamp without time zone,
    ended_at timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_run IS 'Dunning Run';
COMMENT ON COLUMN public.dunning_run.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_run.looked_at_count IS 'Open Items';
COMMENT ON COLUMN public.dunning_run.due_count IS 'Steps Due';
COMMENT ON COLUMN public.dunning_run.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_run.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_run.phase IS 'Phase';
COMMENT ON COLUMN public.dunning_run.note IS 'Note';
COMMENT ON COLUMN public.dunning_run.date IS 'Night';
COMMENT ON COLUMN public.dunning_run.started_at IS 'Started At';
COMMENT ON COLUMN public.dunning_run.ended_at IS 'Ended At';
COMMENT ON COLUMN public.dunning_run.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_run.write_date IS 'Last Updated on';
CREATE TABLE public.dunning_run_count (
    id integer NOT NULL,
    run_id integer NOT NULL,
    level_id integer,
    count integer,
    create_uid integer,
    write_uid integer,
    reason character varying,
    item_ids jsonb,
    amount numeric,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_run_count IS 'Count of a Dunning Run';
COMMENT ON COLUMN public.dunning_run_count.run_id IS 'Run';
COMMENT ON COLUMN public.dunning_run_count.level_id IS 'Step';
COMMENT ON COLUMN public.dunning_run_count.count IS 'Items';
COMMENT ON COLUMN public.dunning_run_count.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_run_count.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_run_count.reason IS 'Reason Code';
COMMENT ON COLUMN public.dunning_run_count.item_ids IS 'Items of the Count';
COMMENT ON COLUMN public.dunning_run_count.amount IS 'Asked';
COMMENT ON COLUMN public.dunning_run_count.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_run_count.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_run_count_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_run_count_id_seq OWNED BY public.dunning_run_count.id;
CREATE SEQUENCE public.dunning_run_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_run_id_seq OWNED BY public.dunning_run.id;
CREATE TABLE public.dunning_segment (
    id integer NOT NULL,
    sequence integer,
    color integer,
    company_id integer,
    score_from integer,
    score_to integer,
    settled_from integer,
    settled_below integer,
    policy_id integer,
    consumer_policy_id integer,
    payment_term_id integer,
    monitoring_days integer,
    create_uid integer,
    write_uid integer,
    assignment character varying NOT NULL,
    partner_kind character varying,
    severity character varying NOT NULL,
    tone character varying,
    name jsonb NOT NULL,
    conditions jsonb,
    credit_limit numeric,
    active boolean,
    takes_insolvent boolean,
    sets_credit_limit boolean,
    prepayment_asked boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_segment IS 'Risk Segment';
COMMENT ON COLUMN public.dunning_segment.sequence IS 'Sequence';
COMMENT ON COLUMN public.dunning_segment.color IS 'Color';
COMMENT ON COLUMN public.dunning_segment.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_segment.score_from IS 'From Score';
COMMENT ON COLUMN public.dunning_segment.score_to IS 'To Score';
COMMENT ON COLUMN public.dunning_segment.settled_from IS 'Paid Invoices, at Least';
COMMENT ON COLUMN public.dunning_segment.settled_below IS 'Paid Invoices, Fewer than';
COMMENT ON COLUMN public.dunning_segment.policy_id IS 'Policy for Businesses';
COMMENT ON COLUMN public.dunning_segment.consumer_policy_id IS 'Policy for Consumers';
COMMENT ON COLUMN public.dunning_segment.payment_term_id IS 'Payment Terms';
COMMENT ON COLUMN public.dunning_segment.monitoring_days IS 'New Credit Report After (Days)';
COMMENT ON COLUMN public.dunning_segment.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_segment.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_segment.assignment IS 'Customers Come In';
COMMENT ON COLUMN public.dunning_segment.partner_kind IS 'Kind of Customer';
COMMENT ON COLUMN public.dunning_segment.severity IS 'Risk';
COMMENT ON COLUMN public.dunning_segment.tone IS 'Tone';
COMMENT ON COLUMN public.dunning_segment.name IS 'Name';
COMMENT ON COLUMN public.dunning_segment.conditions IS 'Payment Conditions';
COMMENT ON COLUMN public.dunning_segment.credit_limit IS 'Credit Limit';
COMMENT ON COLUMN public.dunning_segment.active IS 'Active';
COMMENT ON COLUMN public.dunning_segment.takes_insolvent IS 'Insolvent Customers';
COMMENT ON COLUMN public.dunning_segment.sets_credit_limit IS 'Sets a Credit Limit';
COMMENT ON COLUMN public.dunning_segment.prepayment_asked IS 'Ask for Prepayment';
COMMENT ON COLUMN public.dunning_segment.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_segment.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_segment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_segment_id_seq OWNED BY public.dunning_segment.id;
CREATE TABLE public.dunning_segment_res_country_rel (
    dunning_segment_id integer NOT NULL,
    res_country_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_segment_res_country_rel IS 'RELATION BETWEEN dunning_segment AND res_country';
CREATE TABLE public.dunning_segment_res_partner_category_rel (
    dunning_segment_id integer NOT NULL,
    res_partner_category_id integer NOT NULL
);
COMMENT ON TABLE public.dunning_segment_res_partner_category_rel IS 'RELATION BETWEEN dunning_segment AND res_partner_category';
CREATE TABLE public.dunning_send (
    id integer NOT NULL,
    company_id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    channel character varying,
    opening text,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_send IS 'Send a Reminder Now';
COMMENT ON COLUMN public.dunning_send.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_send.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_send.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_send.channel IS 'Channel';
COMMENT ON COLUMN public.dunning_send.opening IS 'Your Own Words';
COMMENT ON COLUMN public.dunning_send.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_send.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_send_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_send_id_seq OWNED BY public.dunning_send.id;
CREATE TABLE public.dunning_send_line (
    id integer NOT NULL,
    wizard_id integer NOT NULL,
    item_id integer NOT NULL,
    level_id integer,
    create_uid integer,
    write_uid integer,
    reason character varying,
    due_date date,
    amount numeric,
    can_send boolean,
    is_chosen boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_send_line IS 'Invoice to Remind Now';
COMMENT ON COLUMN public.dunning_send_line.wizard_id IS 'Wizard';
COMMENT ON COLUMN public.dunning_send_line.item_id IS 'Open Item';
COMMENT ON COLUMN public.dunning_send_line.level_id IS 'Step';
COMMENT ON COLUMN public.dunning_send_line.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_send_line.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_send_line.reason IS 'Tonight';
COMMENT ON COLUMN public.dunning_send_line.due_date IS 'Due Date';
COMMENT ON COLUMN public.dunning_send_line.amount IS 'Amount';
COMMENT ON COLUMN public.dunning_send_line.can_send IS 'Can Send';
COMMENT ON COLUMN public.dunning_send_line.is_chosen IS 'Send';
COMMENT ON COLUMN public.dunning_send_line.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_send_line.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_send_line_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_send_line_id_seq OWNED BY public.dunning_send_line.id;
CREATE TABLE public.dunning_step_change (
    id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    change character varying NOT NULL,
    date_until date,
    note text NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_step_change IS 'Change the Dunning';
COMMENT ON COLUMN public.dunning_step_change.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_step_change.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_step_change.change IS 'Change';
COMMENT ON COLUMN public.dunning_step_change.date_until IS 'Until';
COMMENT ON COLUMN public.dunning_step_change.note IS 'Reason';
COMMENT ON COLUMN public.dunning_step_change.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_step_change.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_step_change_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_step_change_id_seq OWNED BY public.dunning_step_change.id;
CREATE TABLE public.dunning_term_change (
    id integer NOT NULL,
    debtor_id integer NOT NULL,
    partner_id integer,
    company_id integer,
    segment_from_id integer,
    segment_to_id integer,
    old_term_id integer,
    new_term_id integer,
    decided_by_id integer,
    create_uid integer,
    write_uid integer,
    state character varying NOT NULL,
    old_limit numeric,
    new_limit numeric,
    changes_term boolean,
    changes_limit boolean,
    decided_on timestamp without time zone,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_term_change IS 'Change of Terms and Limit';
COMMENT ON COLUMN public.dunning_term_change.debtor_id IS 'Debtor';
COMMENT ON COLUMN public.dunning_term_change.partner_id IS 'Customer';
COMMENT ON COLUMN public.dunning_term_change.company_id IS 'Company';
COMMENT ON COLUMN public.dunning_term_change.segment_from_id IS 'From Segment';
COMMENT ON COLUMN public.dunning_term_change.segment_to_id IS 'To Segment';
COMMENT ON COLUMN public.dunning_term_change.old_term_id IS 'Terms before';
COMMENT ON COLUMN public.dunning_term_change.new_term_id IS 'New Terms';
COMMENT ON COLUMN public.dunning_term_change.decided_by_id IS 'Decided By';
COMMENT ON COLUMN public.dunning_term_change.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_term_change.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_term_change.state IS 'State';
COMMENT ON COLUMN public.dunning_term_change.old_limit IS 'Limit before';
COMMENT ON COLUMN public.dunning_term_change.new_limit IS 'New Limit';
COMMENT ON COLUMN public.dunning_term_change.changes_term IS 'Changes Term';
COMMENT ON COLUMN public.dunning_term_change.changes_limit IS 'Changes Limit';
COMMENT ON COLUMN public.dunning_term_change.decided_on IS 'Decided On';
COMMENT ON COLUMN public.dunning_term_change.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_term_change.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_term_change_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_term_change_id_seq OWNED BY public.dunning_term_change.id;
CREATE TABLE public.dunning_waive (
    id integer NOT NULL,
    create_uid integer,
    write_uid integer,
    reason character varying NOT NULL,
    create_date timestamp without time zone,
    write_date timestamp without time zone
);
COMMENT ON TABLE public.dunning_waive IS 'Waive Costs and Interest';
COMMENT ON COLUMN public.dunning_waive.create_uid IS 'Created by';
COMMENT ON COLUMN public.dunning_waive.write_uid IS 'Last Updated by';
COMMENT ON COLUMN public.dunning_waive.reason IS 'Reason';
COMMENT ON COLUMN public.dunning_waive.create_date IS 'Created on';
COMMENT ON COLUMN public.dunning_waive.write_date IS 'Last Updated on';
CREATE SEQUENCE public.dunning_waive_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_waive_id_seq OWNED BY public.dunning_waive.id;
ALTER TABLE ONLY public.dunning_absence ALTER COLUMN id SET DEFAULT nextval('public.dunning_absence_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_activate ALTER COLUMN id SET DEFAULT nextval('public.dunning_activate_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_charge ALTER COLUMN id SET DEFAULT nextval('public.dunning_charge_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_checkup ALTER COLUMN id SET DEFAULT nextval('public.dunning_checkup_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_checkup_line ALTER COLUMN id SET DEFAULT nextval('public.dunning_checkup_line_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_collector_rule ALTER COLUMN id SET DEFAULT nextval('public.dunning_collector_rule_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_communication ALTER COLUMN id SET DEFAULT nextval('public.dunning_communication_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_communication_line ALTER COLUMN id SET DEFAULT nextval('public.dunning_communication_line_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_confirm_posting ALTER COLUMN id SET DEFAULT nextval('public.dunning_confirm_posting_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_event ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_event_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_import ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_import_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_import_column ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_import_column_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_import_line ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_import_line_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_provider ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_provider_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_report ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_report_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_session ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_session_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_credit_usage ALTER COLUMN id SET DEFAULT nextval('public.dunning_credit_usage_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_debtor ALTER COLUMN id SET DEFAULT nextval('public.dunning_debtor_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_hold ALTER COLUMN id SET DEFAULT nextval('public.dunning_hold_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_interest_import ALTER COLUMN id SET DEFAULT nextval('public.dunning_interest_import_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_interest_kind ALTER COLUMN id SET DEFAULT nextval('public.dunning_interest_kind_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_interest_rate ALTER COLUMN id SET DEFAULT nextval('public.dunning_interest_rate_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_lateness ALTER COLUMN id SET DEFAULT nextval('public.dunning_lateness_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_law ALTER COLUMN id SET DEFAULT nextval('public.dunning_law_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_law_tier ALTER COLUMN id SET DEFAULT nextval('public.dunning_law_tier_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_letter_batch ALTER COLUMN id SET DEFAULT nextval('public.dunning_letter_batch_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_level ALTER COLUMN id SET DEFAULT nextval('public.dunning_level_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_policy ALTER COLUMN id SET DEFAULT nextval('public.dunning_policy_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_preview ALTER COLUMN id SET DEFAULT nextval('public.dunning_preview_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_preview_left ALTER COLUMN id SET DEFAULT nextval('public.dunning_preview_left_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_preview_line ALTER COLUMN id SET DEFAULT nextval('public.dunning_preview_line_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_risk_history ALTER COLUMN id SET DEFAULT nextval('public.dunning_risk_history_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_run ALTER COLUMN id SET DEFAULT nextval('public.dunning_run_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_run_count ALTER COLUMN id SET DEFAULT nextval('public.dunning_run_count_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_segment ALTER COLUMN id SET DEFAULT nextval('public.dunning_segment_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_send ALTER COLUMN id SET DEFAULT nextval('public.dunning_send_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_send_line ALTER COLUMN id SET DEFAULT nextval('public.dunning_send_line_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_step_change ALTER COLUMN id SET DEFAULT nextval('public.dunning_step_change_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_term_change ALTER COLUMN id SET DEFAULT nextval('public.dunning_term_change_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_waive ALTER COLUMN id SET DEFAULT nextval('public.dunning_waive_id_seq'::regclass);
INSERT INTO public.dunning_policy VALUES (1, 10, NULL, 1, 1, 'pursue', '{"de_DE": "Freundlich", "en_US": "Friendly", "fr_BE": "Aimable", "fr_FR": "Aimable", "nl_BE": "Vriendelijk", "nl_NL": "Vriendelijk"}', '{"de_DE": "Für Kunden, die Sie behalten möchten: zwei Erinnerungen per E-Mail, eine letzte Mahnung mit Anruf.", "en_US": "For customers you want to keep: two reminders by e-mail, a last notice with a call.", "fr_BE": "Pour les clients que vous voulez garder : deux rappels par e-mail, un dernier rappel avec un appel.", "fr_FR": "Pour les clients que vous voulez garder : deux rappels par e-mail, un dernier rappel avec un appel.", "nl_BE": "Voor klanten die je wilt behouden: twee herinneringen per e-mail, een laatste aanmaning met een telefoontje.", "nl_NL": "Voor klanten die je wilt behouden: twee herinneringen per e-mail, een laatste aanmaning met een telefoontje."}', 10.00, true, NULL, NULL, NULL, NULL, NULL, true, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_policy VALUES (2, 20, NULL, 1, 1, 'pursue', '{"de_DE": "Streng", "en_US": "Strict", "fr_BE": "Stricte", "fr_FR": "Stricte", "nl_BE": "Streng", "nl_NL": "Streng"}', '{"de_DE": "Für Kunden, die immer wieder spät zahlen: früher, am Ende per Brief.", "en_US": "For customers who pay late again and again: sooner, by letter in the end.", "fr_BE": "Pour les clients qui paient régulièrement en retard : plus tôt, et par lettre à la fin.", "fr_FR": "Pour les clients qui paient régulièrement en retard : plus tôt, et par lettre à la fin.", "nl_BE": "Voor klanten die keer op keer te laat betalen: sneller, en uiteindelijk per brief.", "nl_NL": "Voor klanten die keer op keer te laat betalen: sneller, en uiteindelijk per brief."}', 10.00, true, NULL, NULL, NULL, NULL, NULL, true, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_policy VALUES (3, 30, NULL, 1, 1, 'pursue', '{"de_DE": "Privatkunden", "en_US": "Consumers", "fr_BE": "Particuliers", "fr_FR": "Particuliers", "nl_BE": "Consumenten", "nl_NL": "Consumenten"}', '{"de_DE": "Für Privatkunden, mit den Kosten und Verzugszinsen, die Sie nach dem Gesetz ihres Landes fordern dürfen: Die Zahlungserinnerung ist kostenlos und sagt, was das Gesetz verlangt (in den Niederlanden ist sie der 14-Tage-Brief); die Mahnung wartet, bis die gesetzliche Wartefrist abgelaufen ist.", "en_US": "For consumers, with the costs and the interest that the law of their country lets you ask: the first reminder is free and says what the law demands (in the Netherlands it is the 14-day letter); the second waits until the law''s waiting time is over.", "fr_BE": "Pour les particuliers, avec les frais et les intérêts que la loi de leur pays vous permet de réclamer : le premier rappel est gratuit et contient les mentions exigées par la loi (aux Pays-Bas, c''est la lettre des 14 jours) ; le deuxième attend que le délai légal soit écoulé.", "fr_FR": "Pour les particuliers, avec les frais et les intérêts que la loi de leur pays vous permet de réclamer : le premier rappel est gratuit et contient les mentions exigées par la loi (aux Pays-Bas, c''est la lettre des 14 jours) ; le deuxième attend que le délai légal soit écoulé.", "nl_BE": "Voor consumenten, met de kosten en de interest die je volgens de wet van hun land mag vragen: de eerste herinnering is kosteloos en vermeldt wat de wet eist (in Nederland is dit de veertiendagenbrief); de tweede wacht tot de wettelijke wachttermijn voorbij is.", "nl_NL": "Voor consumenten, met de kosten en de rente die je volgens de wet van hun land mag vragen: de eerste herinnering is kosteloos en vermeldt wat de wet eist (in Nederland is dit de veertiendagenbrief); de tweede wacht tot de wettelijke wachttermijn voorbij is."}', 10.00, true, NULL, NULL, NULL, NULL, NULL, true, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_policy VALUES (4, 40, NULL, 1, 1, 'pursue', '{"de_DE": "Geschäftskunden", "en_US": "Businesses", "fr_BE": "Entreprises", "fr_FR": "Entreprises", "nl_BE": "Zakelijke klanten", "nl_NL": "Zakelijke klanten"}', '{"de_DE": "Für Geschäftskunden, mit den Kosten und Verzugszinsen, die Sie nach dem Gesetz fordern dürfen: Die Zahlungserinnerung fordert nur die Rechnung, die Mahnung und die letzte Mahnung auch Kosten und Verzugszinsen.", "en_US": "For businesses, with the costs and the interest that the law lets you ask: the first reminder asks for the invoice only, the second and the last notice for costs and interest too.", "fr_BE": "Pour les entreprises, avec les frais et les intérêts que la loi vous permet de réclamer : le premier rappel ne réclame que la facture, le deuxième et le dernier réclament aussi les frais et intérêts.", "fr_FR": "Pour les entreprises, avec les frais et les intérêts que la loi vous permet de réclamer : le premier rappel ne réclame que la facture, le deuxième et le dernier réclament aussi les frais et intérêts.", "nl_BE": "Voor zakelijke klanten, met de kosten en de interest die je volgens de wet mag vragen: de eerste herinnering vraagt alleen de factuur, de tweede en de laatste aanmaning ook kosten en interest.", "nl_NL": "Voor zakelijke klanten, met de kosten en de rente die je volgens de wet mag vragen: de eerste herinnering vraagt alleen de factuur, de tweede en de laatste aanmaning ook kosten en rente."}', 10.00, true, NULL, NULL, NULL, NULL, NULL, true, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_segment VALUES (1, 10, 4, NULL, 0, 60, NULL, 3, NULL, NULL, NULL, NULL, 1, 1, 'score', NULL, '1', NULL, '{"de_DE": "Neu", "en_US": "New", "fr_BE": "Nouveau", "fr_FR": "Nouveau", "nl_BE": "Nieuw", "nl_NL": "Nieuw"}', NULL, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_segment VALUES (2, 20, 10, NULL, 0, 20, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, 'score', NULL, '0', 'friendly', '{"de_DE": "Bewährt", "en_US": "Trusted", "fr_BE": "De confiance", "fr_FR": "De confiance", "nl_BE": "Vertrouwd", "nl_NL": "Vertrouwd"}', NULL, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_segment VALUES (3, 30, 5, NULL, 21, 50, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, 'score', NULL, '1', NULL, '{"en_US": "Standard", "nl_BE": "Standaard", "nl_NL": "Standaard"}', NULL, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_segment VALUES (4, 40, 2, NULL, 51, 75, NULL, NULL, NULL, NULL, NULL, 180, 1, 1, 'score', NULL, '2', NULL, '{"de_DE": "Beobachten", "en_US": "Watch", "fr_BE": "À surveiller", "fr_FR": "À surveiller", "nl_BE": "Aandacht", "nl_NL": "Aandacht"}', NULL, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_segment VALUES (5, 50, 1, NULL, 76, 100, NULL, NULL, NULL, NULL, 1, 90, 1, 1, 'score', NULL, '3', 'firm', '{"de_DE": "Kritisch", "en_US": "Critical", "fr_BE": "Critique", "fr_FR": "Critique", "nl_BE": "Kritiek", "nl_NL": "Kritiek"}', NULL, NULL, true, true, NULL, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (3, 30, 1, 1, 'year', '{"de_DE": "Belgien: gesetzlicher Zinssatz (Zivilsachen)", "en_US": "Belgium: civil legal rate", "fr_BE": "Belgique : taux légal en matière civile", "fr_FR": "Belgique : taux légal en matière civile", "nl_BE": "België: wettelijke interest in burgerlijke zaken", "nl_NL": "België: wettelijke rente in burgerlijke zaken"}', '{"de_DE": "Belgisches Staatsblatt, jeweils im Januar. Kein mitgeliefertes Gesetz wendet ihn an: Ohne Klausel kann ein Gericht ihn Gläubigern von Verbrauchern ab einer förmlichen Zahlungsaufforderung zusprechen.", "en_US": "Belgian Official Gazette, each January. No shipped law charges it: without a clause a judge may grant it to consumers'' creditors from a formal notice.", "fr_BE": "Moniteur belge, chaque année en janvier. Aucune loi livrée ne l''applique : sans clause, le juge peut l''accorder aux créanciers de consommateurs à partir d''une mise en demeure.", "fr_FR": "Moniteur belge, chaque année en janvier. Aucune loi livrée ne l''applique : sans clause, le juge peut l''accorder aux créanciers de consommateurs à partir d''une mise en demeure.", "nl_BE": "Belgisch Staatsblad, elk jaar in januari. Geen enkele meegeleverde wet rekent deze interest aan: zonder clausule kan een rechter hem aan schuldeisers van consumenten toekennen vanaf een ingebrekestelling.", "nl_NL": "Belgisch Staatsblad, elk jaar in januari. Geen enkele meegeleverde wet brengt deze rente in rekening: zonder clausule kan een rechter ze aan schuldeisers van consumenten toekennen vanaf een ingebrekestelling."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (2, 20, 1, 1, 'half_year', '{"de_DE": "Belgien: Zahlungsverzug im Geschäftsverkehr", "en_US": "Belgium: late payment between businesses", "fr_BE": "Belgique : retard de paiement entre entreprises", "fr_FR": "Belgique : retard de paiement entre entreprises", "nl_BE": "België: betalingsachterstand tussen ondernemingen", "nl_NL": "België: betalingsachterstand tussen ondernemingen"}', '{"de_DE": "Belgisches Staatsblatt und Website des Föderalen Öffentlichen Dienstes Finanzen, jedes Halbjahr (Gesetz vom 2. August 2002). Es ist der Hauptrefinanzierungssatz der EZB zuzüglich 8 Prozentpunkten, auf den nächsten halben Prozentpunkt aufgerundet.", "en_US": "Belgian Official Gazette and the site of the Federal Public Service Finance, each half year (law of 2 August 2002). It is the ECB main refinancing rate plus 8 points, rounded up to the half point.", "fr_BE": "Moniteur belge et site du SPF Finances, chaque semestre (loi du 2 août 2002). C''est le taux de refinancement principal de la BCE majoré de 8 points et arrondi au demi-point supérieur.", "fr_FR": "Moniteur belge et site du SPF Finances, chaque semestre (loi du 2 août 2002). C''est le taux de refinancement principal de la BCE majoré de 8 points et arrondi au demi-point supérieur.", "nl_BE": "Belgisch Staatsblad en de website van de FOD Financiën, elk halfjaar (wet van 2 augustus 2002). Het is de basisherfinancieringsrente van de ECB plus 8 procentpunten, naar boven afgerond op een half procentpunt.", "nl_NL": "Belgisch Staatsblad en de website van de FOD Financiën, elk halfjaar (wet van 2 augustus 2002). Het is de basisherfinancieringsrente van de ECB plus 8 procentpunten, naar boven afgerond op een half procentpunt."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (1, 10, 1, 1, 'half_year', '{"de_DE": "Hauptrefinanzierungssatz der EZB", "en_US": "ECB main refinancing rate", "fr_BE": "Taux de refinancement principal de la BCE", "fr_FR": "Taux de refinancement principal de la BCE", "nl_BE": "Basisherfinancieringsrente van de ECB", "nl_NL": "Basisherfinancieringsrente van de ECB"}', '{"de_DE": "Europäische Zentralbank, Leitzinsen. Geben Sie den am 1. Januar und am 1. Juli geltenden Zinssatz ein; die Niederlande (Geschäftskunden), Frankreich, Luxemburg und die übrigen Euro-Länder richten sich danach.", "en_US": "European Central Bank, key interest rates. Enter the rate in force on 1 January and on 1 July; the Netherlands (businesses), France, Luxembourg and the other countries of the euro follow it.", "fr_BE": "Banque centrale européenne, taux directeurs. Indiquez le taux en vigueur au 1er janvier et au 1er juillet ; les Pays-Bas (entreprises), la France, le Luxembourg et les autres pays de la zone euro le suivent.", "fr_FR": "Banque centrale européenne, taux directeurs. Indiquez le taux en vigueur au 1er janvier et au 1er juillet ; les Pays-Bas (entreprises), la France, le Luxembourg et les autres pays de la zone euro le suivent.", "nl_BE": "Europese Centrale Bank, basisrentetarieven. Vul de rentevoet in die op 1 januari en op 1 juli geldt; Nederland (ondernemingen), Frankrijk, Luxemburg en de andere landen van de eurozone volgen die.", "nl_NL": "Europese Centrale Bank, basisrentetarieven. Vul de rentevoet in die op 1 januari en op 1 juli geldt; Nederland (ondernemingen), Frankrijk, Luxemburg en de andere landen van de eurozone volgen die."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (6, 60, 1, 1, 'half_year', '{"de_DE": "Frankreich: gesetzlicher Zinssatz, gewerblicher Gläubiger", "en_US": "France: legal rate, professional creditor", "fr_BE": "France : taux légal, créancier professionnel", "fr_FR": "France : taux légal, créancier professionnel", "nl_BE": "Frankrijk: wettelijke interest, professionele schuldeiser", "nl_NL": "Frankrijk: wettelijke rente, professionele schuldeiser"}', '{"de_DE": "Erlass des Wirtschaftsministers, jedes Halbjahr (taux de l''intérêt légal, créanciers professionnels).", "en_US": "Order of the minister of the economy, each half year (taux de l''intérêt légal, créanciers professionnels).", "fr_BE": "Arrêté du ministre de l''Économie, chaque semestre (taux de l''intérêt légal, créanciers professionnels).", "fr_FR": "Arrêté du ministre de l''Économie, chaque semestre (taux de l''intérêt légal, créanciers professionnels).", "nl_BE": "Besluit van de minister van Economie, elk halfjaar (taux de l''intérêt légal, créanciers professionnels).", "nl_NL": "Besluit van de minister van Economie, elk halfjaar (taux de l''intérêt légal, créanciers professionnels)."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (5, 50, 1, 1, 'half_year', '{"de_DE": "Deutschland: Basiszinssatz", "en_US": "Germany: base rate", "fr_BE": "Allemagne : taux de base", "fr_FR": "Allemagne : taux de base", "nl_BE": "Duitsland: basisrentevoet", "nl_NL": "Duitsland: basisrentevoet"}', '{"en_US": "Deutsche Bundesbank: Basiszinssatz (BGB § 247).", "fr_BE": "Deutsche Bundesbank : Basiszinssatz (BGB § 247).", "fr_FR": "Deutsche Bundesbank : Basiszinssatz (BGB § 247)."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (7, 70, 1, 1, 'year', '{"de_DE": "Luxemburg: gesetzlicher Zinssatz", "en_US": "Luxembourg: legal rate", "fr_BE": "Luxembourg : taux légal", "fr_FR": "Luxembourg : taux légal", "nl_BE": "Luxemburg: wettelijke interest", "nl_NL": "Luxemburg: wettelijke rente"}', '{"de_DE": "Großherzogliche Verordnung, jedes Jahr (taux d''intérêt légal).", "en_US": "Grand-ducal regulation, each year (taux d''intérêt légal).", "fr_BE": "Règlement grand-ducal, chaque année (taux d''intérêt légal).", "fr_FR": "Règlement grand-ducal, chaque année (taux d''intérêt légal).", "nl_BE": "Groothertogelijk reglement, elk jaar (taux d''intérêt légal).", "nl_NL": "Groothertogelijk reglement, elk jaar (taux d''intérêt légal)."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_kind VALUES (4, 40, 1, 1, 'half_year', '{"de_DE": "Niederlande: gesetzlicher Zinssatz", "en_US": "Netherlands: statutory interest", "fr_BE": "Pays-Bas : intérêt légal", "fr_FR": "Pays-Bas : intérêt légal", "nl_BE": "Nederland: wettelijke rente", "nl_NL": "Nederland: wettelijke rente"}', '{"de_DE": "Rijksoverheid: wettelijke rente (BW 6:119). Er ändert sich nicht jedes Halbjahr: Geben Sie denselben Zinssatz erneut ein, wenn er bleibt.", "en_US": "Rijksoverheid: wettelijke rente (BW 6:119). It does not change each half year: enter the same rate again when it stays.", "fr_BE": "Rijksoverheid : wettelijke rente (BW 6:119). Il ne change pas chaque semestre : indiquez à nouveau le même taux s''il reste inchangé.", "fr_FR": "Rijksoverheid : wettelijke rente (BW 6:119). Il ne change pas chaque semestre : indiquez à nouveau le même taux s''il reste inchangé.", "nl_BE": "Rijksoverheid: wettelijke rente (BW 6:119). Ze verandert niet elk halfjaar: voer dezelfde rentevoet opnieuw in wanneer hij gelijk blijft.", "nl_NL": "Rijksoverheid: wettelijke rente (BW 6:119). Ze verandert niet elk halfjaar: voer dezelfde rentevoet opnieuw in wanneer hij gelijk blijft."}', true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (1, 10, 20, NULL, 126, NULL, NULL, NULL, 3, 1, 2, 30, NULL, NULL, NULL, 1, 1, 'business', 'verified', 'working', 'after', 'due', NULL, NULL, 'invoice', '2016-01-01', '{"de_DE": "Belgien: Geschäftskunden", "en_US": "Belgium: businesses", "fr_BE": "Belgique : entreprises", "fr_FR": "Belgique : entreprises", "nl_BE": "België: ondernemingen", "nl_NL": "België: ondernemingen"}', NULL, NULL, 'Law of 2 August 2002 (Directive 2011/7/EU): interest from the day after the due date without notice, EUR 40 for each claim (eurobillr.com, payshield.app, lexgo.be). Compensation above EUR 40 that is only “reasonable” is entered by a person. Payments go to costs, interest, principal: old Civil Code art. 1254; costs first, art. 5.210, from memory. Valid here from the first rate that is known. Where the due date is not agreed, interest and the fixed costs are owed from 30 days after receipt, a letter''s arrival (art. 4, own reading). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', NULL, 40.00, NULL, NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (7, 70, 75, NULL, 126, NULL, NULL, NULL, 3, 1, 1, 30, NULL, NULL, NULL, 1, 1, 'business', 'verified', 'working', 'after', 'due', NULL, NULL, 'invoice', '2016-01-01', '{"de_DE": "Frankreich: Geschäftskunden", "en_US": "France: businesses", "fr_BE": "France : entreprises", "fr_FR": "France : entreprises", "nl_BE": "Frankrijk: ondernemingen", "nl_NL": "Frankrijk: ondernemingen"}', NULL, NULL, 'Code de commerce L441-10: ECB main refinancing rate of 1 January or 1 July plus 10 points unless another rate is agreed, EUR 40 for each invoice, no reminder needed (jcl06.fr, dormane.fr, lexing.law). An invoice to a business states due date, penalty rate and the EUR 40. Valid here from the first rate that is known. Where the due date is not agreed, interest and the fixed costs are owed from 30 days after receipt, a letter''s arrival (L441-10, own reading). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', 10.0000, 40.00, NULL, NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (9, 90, 133, NULL, 126, NULL, NULL, NULL, 3, 1, 1, 30, NULL, NULL, NULL, 1, 1, 'business', 'memory', 'working', 'after', 'due', NULL, NULL, 'invoice', '2016-01-01', '{"de_DE": "Luxemburg: Geschäftskunden", "en_US": "Luxembourg: businesses", "fr_BE": "Luxembourg : entreprises", "fr_FR": "Luxembourg : entreprises", "nl_BE": "Luxemburg: ondernemingen", "nl_NL": "Luxemburg: ondernemingen"}', NULL, NULL, 'Law of 18 April 2004: ECB main refinancing rate plus 8 points, not rounded (2024 H2 12.25: mj.gouvernement.lu). The EUR 40 are from memory: check them. Valid here from the first rate that is known. Where the due date is not agreed, interest and the fixed costs are owed from 30 days after receipt, a letter''s arrival (from memory). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', 8.0000, 40.00, NULL, NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (10, 100, 133, NULL, 126, NULL, NULL, NULL, 3, 1, 7, NULL, NULL, 3, 1, 1, 1, 'consumer', 'verified', 'working', 'after', 'months', NULL, NULL, 'invoice', '2016-01-01', '{"de_DE": "Luxemburg: Privatkunden", "en_US": "Luxembourg: consumers", "fr_BE": "Luxembourg : particuliers", "fr_FR": "Luxembourg : particuliers", "nl_BE": "Luxemburg: consumenten", "nl_NL": "Luxemburg: consumenten"}', NULL, NULL, 'Law of 18 April 2004: interest only after the third month following delivery, and only if invoiced within one month of it with express mention (cdm.lu, guichet.public.lu). The third month is read as the third whole calendar month. No rule for fees of reminders: none. Rates of 2025 and 2026 were not found. Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', NULL, NULL, NULL, NULL, NULL, true, NULL, NULL, NULL, true, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (3, 30, 165, NULL, 126, NULL, NULL, NULL, 2, 1, 1, 30, NULL, NULL, NULL, 1, 1, 'business', 'verified', 'dutch_post', 'after', 'due', NULL, NULL, 'notice', '2016-01-01', '{"de_DE": "Niederlande: Geschäftskunden", "en_US": "Netherlands: businesses", "fr_BE": "Pays-Bas : entreprises", "fr_FR": "Pays-Bas : entreprises", "nl_BE": "Nederland: ondernemingen", "nl_NL": "Nederland: ondernemingen"}', NULL, NULL, 'BW 6:119a and 6:120: ECB main refinancing rate plus 8 points, not rounded, yearly compounding (watsonlaw.nl, vvoadvocatuur.nl). At least EUR 40 without any reminder (BW 6:96(4)); after a reminder the scale of the decree on collection costs, where nothing else is agreed (Stb. 2012, 141; intrum.nl). Valid here from the first rate that is known. Where the due date is not agreed, interest and the fixed costs are owed from 30 days after receipt, a letter''s arrival (BW 6:119a). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', 8.0000, 40.00, 40.00, 6775.00, NULL, true, NULL, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (11, 110, NULL, 11, 126, NULL, NULL, NULL, 3, 1, 1, 30, NULL, NULL, NULL, 1, 1, 'business', 'verified', 'working', 'after', 'due', NULL, NULL, 'invoice', '2016-01-01', '{"de_DE": "Übrige Euro-Länder: Geschäftskunden", "en_US": "Other countries of the euro: businesses", "fr_BE": "Autres pays de la zone euro : entreprises", "fr_FR": "Autres pays de la zone euro : entreprises", "nl_BE": "Andere landen van de eurozone: ondernemingen", "nl_NL": "Andere landen van de eurozone: ondernemingen"}', NULL, NULL, 'Directive 2011/7/EU, also for public bodies: simple interest, the ECB''s rate of 1 January or 1 July plus at least 8 points, EUR 40 for each invoice (CJEU C-585/20), on the amount with VAT. A country''s own law may give more. Countries outside the euro have a reference rate of their own: add theirs. Bulgaria (in the euro since 2026, from memory) is left out: check it and add it to the group. Where the due date is not agreed, interest and the fixed costs are owed from 30 days after receipt, a letter''s arrival (Directive art. 3). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', 8.0000, 40.00, NULL, NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (2, 20, 20, NULL, 126, 1, 3, 14, 3, 1, 2, NULL, NULL, NULL, NULL, 1, 1, 'consumer', 'verified', 'working', 'arrival', 'wait_end', 'wait_start', NULL, 'invoice', '2023-09-01', '{"de_DE": "Belgien: Privatkunden", "en_US": "Belgium: consumers", "fr_BE": "Belgique : particuliers", "fr_FR": "Belgique : particuliers", "nl_BE": "België: consumenten", "nl_NL": "België: consumenten"}', '{"de_DE": "{this_reminder} {company} (Unternehmensnummer {company_number}, {company_address}) fordert Sie auf, {principal} innerhalb von {days} Kalendertagen zu zahlen. Die Frist läuft ab dem dritten Werktag nach der Aufgabe dieses Schreibens zur Post oder, wenn es per E-Mail kam, ab dem Tag nach dem Versand.\n\nWas geliefert wurde und wann es fällig war, ist bei jeder Rechnung angegeben. Wird der Betrag nicht innerhalb dieser Frist gezahlt, schulden Sie nach unseren Allgemeinen Geschäftsbedingungen zusätzlich eine Entschädigung von {costs} und Verzugszinsen von {interest_rate} Prozent pro Jahr {interest_from}.", "en_US": "{this_reminder} {company} (enterprise number {company_number}, {company_address}) asks you to pay {principal} within {days} calendar days. They are counted from the third working day after this letter was posted or, when it came by e-mail, from the day after it was sent.\n\nWhat was delivered and when it was due is listed with each invoice. If the amount is not paid within this term, you owe by our sales conditions, in addition, a compensation of {costs} and interest of {interest_rate} percent a year {interest_from}.", "fr_BE": "{this_reminder} {company} (numéro d''entreprise {company_number}, {company_address}) vous demande de payer {principal} dans un délai de {days} jours calendrier. Ce délai prend cours le troisième jour ouvrable suivant l''envoi de cette lettre ou, si ce rappel vous a été adressé par e-mail, le jour suivant son envoi.\n\nLa nature de ce qui a été livré et la date d''exigibilité sont mentionnées pour chaque facture. À défaut de paiement dans ce délai, vous devrez en outre, en vertu de nos conditions générales de vente, une indemnité forfaitaire de {costs} et des intérêts de retard de {interest_rate} pour cent par an {interest_from}.", "fr_FR": "{this_reminder} {company} (numéro d''entreprise {company_number}, {company_address}) vous demande de payer {principal} dans un délai de {days} jours calendrier. Ce délai prend cours le troisième jour ouvrable suivant l''envoi de cette lettre ou, si ce rappel vous a été adressé par e-mail, le jour suivant son envoi.\n\nLa nature de ce qui a été livré et la date d''exigibilité sont mentionnées pour chaque facture. À défaut de paiement dans ce délai, vous devrez en outre, en vertu de nos conditions générales de vente, une indemnité forfaitaire de {costs} et des intérêts de retard de {interest_rate} pour cent par an {interest_from}.", "nl_BE": "{this_reminder} {company} (ondernemingsnummer {company_number}, {company_address}) verzoekt u {principal} te betalen binnen {days} kalenderdagen. Die termijn gaat in op de derde werkdag na de verzending van deze brief of, bij verzending per e-mail, op de dag na de verzending.\n\nWat is geleverd en wanneer het betaalbaar was, staat bij elke factuur vermeld. Is het bedrag niet binnen deze termijn betaald, dan bent u op grond van onze verkoopvoorwaarden bovendien een schadevergoeding van {costs} en interest van {interest_rate} procent per jaar {interest_from} verschuldigd.", "nl_NL": "{this_reminder} {company} (ondernemingsnummer {company_number}, {company_address}) verzoekt u {principal} te betalen binnen {days} kalenderdagen. Die termijn gaat in op de derde werkdag na de verzending van deze brief of, bij verzending per e-mail, op de dag na de verzending.\n\nWat is geleverd en wanneer het betaalbaar was, staat bij elke factuur vermeld. Is het bedrag niet binnen deze termijn betaald, dan bent u op grond van onze verkoopvoorwaarden bovendien een schadevergoeding van {costs} en interest van {interest_rate} procent per jaar {interest_from} verschuldigd."}', NULL, 'Code of Economic Law, Book XIX, law of 4 May 2023; since 1 September 2023, for older contracts since 1 December 2023 (deloittelegal.be, daldewolf.com, ictrechtswijzer.be, anneliesgilbos.be, vbb.com, kpmg.com/be, elegis.be, creditexpo.be; regular deliveries: creno.be; counting: forumforthefuture.be; check of 1,000 = 90: trends.knack.be). Interest for a small creditor from the start of the 14 days, for a large one after them (creditexpo.be). Whether Saturday is a working day is not settled: it is not counted. “The part between 150.01 and 500” is read as the part above 150. Without a clause neither costs nor interest. Energy and telecom have rules of their own. Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', NULL, NULL, NULL, 2000.00, 7.50, true, true, false, NULL, NULL, true, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (5, 50, 57, NULL, 126, NULL, NULL, NULL, 3, 1, 5, NULL, 30, NULL, NULL, 1, 1, 'business', 'verified', 'working', 'after', 'arrival', NULL, 'due', 'invoice', '2014-07-29', '{"de_DE": "Deutschland: Geschäftskunden", "en_US": "Germany: businesses", "fr_BE": "Allemagne : entreprises", "fr_FR": "Allemagne : entreprises", "nl_BE": "Duitsland: ondernemingen", "nl_NL": "Duitsland: ondernemingen"}', '{"de_DE": "Dies ist eine Mahnung im Sinne des § 286 BGB: Bitte zahlen Sie {principal}. Spätestens ab dem Tag nach ihrem Zugang befinden Sie sich in Verzug und schulden Verzugszinsen in Höhe des jeweiligen Basiszinssatzes zuzüglich neun Prozentpunkten{rate_now}.", "en_US": "This is a reminder within the meaning of § 286 of the German Civil Code: please pay {principal}. From the day after it reaches you at the latest, you are in default and owe interest at the base rate in force plus nine percentage points{rate_now}.", "fr_BE": "La présente constitue une mise en demeure (Mahnung) au sens du § 286 du Code civil allemand (BGB) : veuillez payer {principal}. Au plus tard à compter du lendemain de sa réception, vous êtes en demeure et redevable d''intérêts de retard au taux de base en vigueur (Basiszinssatz) majoré de neuf points de pourcentage{rate_now}.", "fr_FR": "La présente constitue une mise en demeure (Mahnung) au sens du § 286 du Code civil allemand (BGB) : veuillez payer {principal}. Au plus tard à compter du lendemain de sa réception, vous êtes en demeure et redevable d''intérêts de retard au taux de base en vigueur (Basiszinssatz) majoré de neuf points de pourcentage{rate_now}.", "nl_BE": "Dit is een aanmaning in de zin van § 286 van het Duitse Burgerlijk Wetboek: wij verzoeken u {principal} te betalen. Uiterlijk vanaf de dag nadat zij u bereikt, bent u in verzuim en bent u rente verschuldigd tegen de geldende basisrentevoet, verhoogd met negen procentpunten{rate_now}.", "nl_NL": "Dit is een aanmaning in de zin van § 286 van het Duitse Burgerlijk Wetboek: wij verzoeken u {principal} te betalen. Uiterlijk vanaf de dag nadat zij u bereikt, bent u in verzuim en bent u rente verschuldigd tegen de geldende basisrentevoet, verhoogd met negen procentpunten{rate_now}."}', NULL, 'BGB §§ 286 to 289, contracts from 29 July 2014: base rate plus 9 points, no compounding, EUR 40. Default begins with an agreed calendar date, with a reminder, or 30 days after due date and receipt; a due date that only the invoice sets is not agreed (agens-wfi-inkasso.de). Fees of reminders only at real cost (BGH VIII ZR 95/18): none. A letter is taken to arrive on the third working day, an e-mail on the next day (own reading). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', 9.0000, 40.00, NULL, NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (6, 60, 57, NULL, 126, NULL, NULL, NULL, 3, 1, 5, NULL, 30, NULL, NULL, 1, 1, 'consumer', 'verified', 'working', 'after', 'arrival', NULL, 'due', 'invoice', '2014-07-29', '{"de_DE": "Deutschland: Privatkunden", "en_US": "Germany: consumers", "fr_BE": "Allemagne : particuliers", "fr_FR": "Allemagne : particuliers", "nl_BE": "Duitsland: consumenten", "nl_NL": "Duitsland: consumenten"}', '{"de_DE": "Dies ist eine Mahnung im Sinne des § 286 BGB: Bitte zahlen Sie {principal}. Spätestens ab dem Tag nach ihrem Zugang befinden Sie sich in Verzug und schulden Verzugszinsen in Höhe des jeweiligen Basiszinssatzes zuzüglich fünf Prozentpunkten{rate_now}.", "en_US": "This is a reminder within the meaning of § 286 of the German Civil Code: please pay {principal}. From the day after it reaches you at the latest, you are in default and owe interest at the base rate in force plus five percentage points{rate_now}.", "fr_BE": "La présente constitue une mise en demeure (Mahnung) au sens du § 286 du Code civil allemand (BGB) : veuillez payer {principal}. Au plus tard à compter du lendemain de sa réception, vous êtes en demeure et redevable d''intérêts de retard au taux de base en vigueur (Basiszinssatz) majoré de cinq points de pourcentage{rate_now}.", "fr_FR": "La présente constitue une mise en demeure (Mahnung) au sens du § 286 du Code civil allemand (BGB) : veuillez payer {principal}. Au plus tard à compter du lendemain de sa réception, vous êtes en demeure et redevable d''intérêts de retard au taux de base en vigueur (Basiszinssatz) majoré de cinq points de pourcentage{rate_now}.", "nl_BE": "Dit is een aanmaning in de zin van § 286 van het Duitse Burgerlijk Wetboek: wij verzoeken u {principal} te betalen. Uiterlijk vanaf de dag nadat zij u bereikt, bent u in verzuim en bent u rente verschuldigd tegen de geldende basisrentevoet, verhoogd met vijf procentpunten{rate_now}.", "nl_NL": "Dit is een aanmaning in de zin van § 286 van het Duitse Burgerlijk Wetboek: wij verzoeken u {principal} te betalen. Uiterlijk vanaf de dag nadat zij u bereikt, bent u in verzuim en bent u rente verschuldigd tegen de geldende basisrentevoet, verhoogd met vijf procentpunten{rate_now}."}', NULL, 'BGB §§ 286 to 289: base rate plus 5 points, no compounding, no EUR 40. Default begins with an agreed calendar date, with a reminder, or 30 days after due date and receipt if the invoice said so; a due date that only the invoice sets is not agreed (agens-wfi-inkasso.de). First reminder free in practice; fees only at real cost (BGH VIII ZR 95/18: 2.50 void, about 0.76 allowed; OLG München 1.20): none. A letter is taken to arrive on the third working day, an e-mail on the next day (own reading). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', 5.0000, NULL, NULL, NULL, NULL, true, NULL, NULL, NULL, true, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (8, 80, 75, NULL, 126, NULL, NULL, NULL, 3, 1, 6, NULL, NULL, NULL, NULL, 1, 1, 'consumer', 'verified', 'working', 'after', 'arrival', NULL, NULL, 'invoice', '2016-01-01', '{"de_DE": "Frankreich: Privatkunden", "en_US": "France: consumers", "fr_BE": "France : particuliers", "fr_FR": "France : particuliers", "nl_BE": "Frankrijk: consumenten", "nl_NL": "Frankrijk: consumenten"}', '{"de_DE": "Dies ist eine förmliche Aufforderung zur Zahlung von {principal} (mise en demeure, Artikel 1231-6 des französischen Zivilgesetzbuchs). Ab dem Tag nach ihrem Zugang bei Ihnen laufen Verzugszinsen zum jeweils geltenden gesetzlichen Zinssatz{rate_now}.", "en_US": "This is a formal notice to pay {principal} (mise en demeure, article 1231-6 of the French Civil Code). From the day after it reaches you, interest runs at the legal rate in force{rate_now}.", "fr_BE": "Ceci est une mise en demeure de payer {principal} (article 1231-6 du Code civil français). À compter du lendemain de sa réception, des intérêts de retard courent au taux de l''intérêt légal en vigueur{rate_now}.", "fr_FR": "Ceci est une mise en demeure de payer {principal} (article 1231-6 du Code civil). À compter du lendemain de sa réception, des intérêts de retard courent au taux de l''intérêt légal en vigueur{rate_now}.", "nl_BE": "Dit is een ingebrekestelling tot betaling van {principal} (mise en demeure, artikel 1231-6 van het Franse Burgerlijk Wetboek). Vanaf de dag nadat zij u bereikt, loopt interest tegen de geldende wettelijke rentevoet{rate_now}.", "nl_NL": "Dit is een ingebrekestelling tot betaling van {principal} (mise en demeure, artikel 1231-6 van het Franse Burgerlijk Wetboek). Vanaf de dag nadat zij u bereikt, loopt rente tegen de geldende wettelijke rentevoet{rate_now}."}', NULL, 'No recovery costs and no fees of reminders: asking for them is punishable (CPCE L111-8). Interest at the legal rate of a professional creditor from a formal notice (Code civil 1231-6); agreed penalties are often unfair: none. A letter is taken to arrive on the third working day, an e-mail on the next day (own reading). Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', NULL, NULL, NULL, NULL, NULL, true, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law VALUES (4, 40, 165, NULL, 126, 1, NULL, 15, 2, 1, 4, NULL, NULL, NULL, NULL, 1, 1, 'consumer', 'verified', 'dutch_post', 'after', 'wait_end', NULL, 'due', 'notice', '2012-07-01', '{"de_DE": "Niederlande: Privatkunden", "en_US": "Netherlands: consumers", "fr_BE": "Pays-Bas : particuliers", "fr_FR": "Pays-Bas : particuliers", "nl_BE": "Nederland: consumenten", "nl_NL": "Nederland: consumenten"}', '{"de_DE": "Sie haben {principal} nicht rechtzeitig bezahlt. Wir geben Ihnen die Gelegenheit, diesen Betrag noch ohne Kosten zu zahlen, innerhalb von fünfzehn Tagen, nachdem Ihnen dieses Schreiben (oder diese E-Mail) zugestellt wurde.\n\nHaben wir den Betrag bis dahin nicht erhalten, schulden Sie uns außerdem Inkassokosten von {costs} (Artikel 6:96 des niederländischen Bürgerlichen Gesetzbuchs und Verordnung über die Vergütung außergerichtlicher Inkassokosten). Umsatzsteuer kommt nicht hinzu.", "en_US": "You have not paid {principal} in time. We give you the opportunity to pay this amount still, without costs, within fifteen days after this letter (or e-mail) was delivered to you.\n\nIf we have not received it by then, you owe us collection costs of {costs} as well (article 6:96 of the Dutch Civil Code and the decree on the compensation of extrajudicial collection costs). No VAT is added.", "fr_BE": "Vous n''avez pas payé {principal} à temps. Nous vous donnons la possibilité de payer encore ce montant, sans frais, dans les quinze jours suivant la remise de cette lettre (ou de cet e-mail).\n\nSi nous ne l''avons pas reçu dans ce délai, vous nous devrez en outre des frais de recouvrement de {costs} (article 6:96 du Code civil néerlandais et décret relatif à l''indemnisation des frais extrajudiciaires de recouvrement). Aucune TVA n''est ajoutée.", "fr_FR": "Vous n''avez pas payé {principal} à temps. Nous vous donnons la possibilité de payer encore ce montant, sans frais, dans les quinze jours suivant la remise de cette lettre (ou de cet e-mail).\n\nSi nous ne l''avons pas reçu dans ce délai, vous nous devrez en outre des frais de recouvrement de {costs} (article 6:96 du Code civil néerlandais et décret relatif à l''indemnisation des frais extrajudiciaires de recouvrement). Aucune TVA n''est ajoutée.", "nl_BE": "U hebt {principal} niet op tijd betaald. Wij geven u de gelegenheid dit bedrag alsnog zonder kosten te betalen, binnen vijftien dagen nadat deze brief (of dit e-mailbericht) bij u is bezorgd.\n\nHebben wij het bedrag dan niet ontvangen, dan bent u ons ook {costs} aan incassokosten verschuldigd (artikel 6:96 van het Nederlandse Burgerlijk Wetboek en het Besluit vergoeding voor buitengerechtelijke incassokosten). Hierover wordt geen btw berekend.", "nl_NL": "U hebt {principal} niet op tijd betaald. Wij geven u de gelegenheid dit bedrag alsnog zonder kosten te betalen, binnen vijftien dagen nadat deze brief (of dit e-mailbericht) bij u is bezorgd.\n\nHebben wij het bedrag dan niet ontvangen, dan bent u ons ook {costs} aan incassokosten verschuldigd (artikel 6:96 van het Nederlandse Burgerlijk Wetboek en het Besluit vergoeding voor buitengerechtelijke incassokosten). Hierover wordt geen btw berekend."}', '{"de_DE": "Dies ist eine förmliche Inverzugsetzung (ingebrekestelling): Bitte zahlen Sie {principal} innerhalb von fünfzehn Tagen, nachdem Ihnen dieses Schreiben (oder diese E-Mail) zugestellt wurde. Zahlen Sie bis dahin nicht, befinden Sie sich in Verzug und schulden die gesetzlichen Zinsen.", "en_US": "We give you notice of default and ask you to pay {principal} within fifteen days after this letter (or e-mail) was delivered to you. If you do not pay by then, you are in default and owe statutory interest.", "fr_BE": "Nous vous mettons en demeure de payer {principal} dans les quinze jours suivant la remise de cette lettre (ou de cet e-mail). À défaut de paiement dans ce délai, vous serez en défaut (verzuim) et redevable de l''intérêt légal.", "fr_FR": "Nous vous mettons en demeure de payer {principal} dans les quinze jours suivant la remise de cette lettre (ou de cet e-mail). À défaut de paiement dans ce délai, vous serez en défaut (verzuim) et redevable de l''intérêt légal.", "nl_BE": "Wij stellen u in gebreke en verzoeken u {principal} te betalen binnen vijftien dagen nadat deze brief (of dit e-mailbericht) bij u is bezorgd. Betaalt u niet binnen die termijn, dan bent u in verzuim en bent u wettelijke rente verschuldigd.", "nl_NL": "Wij stellen u in gebreke en verzoeken u {principal} te betalen binnen vijftien dagen nadat deze brief (of dit e-mailbericht) bij u is bezorgd. Betaalt u niet binnen die termijn, dan bent u in verzuim en bent u wettelijke rente verschuldigd."}', 'BW 6:96 and the decree on the compensation of extrajudicial collection costs, since 1 July 2012 (intrum.nl, nle.nl, deurwaardervermeer.nl, dwkvandepas.nl, Stb. 2012, 141, rechtpraat.nl on HR ECLI:NL:HR:2016:2704): costs only after a letter that gives 14 days and names them; safe words: fifteen days after delivery. Delivery is taken as the second day after sending, Sundays, Mondays and holidays not counted; three weeks from sending is safe. By e-mail: the day after (own reading). Several claims are added up first (BW 6:96(7)). VAT only where an outside agency charges it: none here. Interest, BW 6:119, yearly compounding: from the day after an agreed due date; else after the letter''s term (own reading). The letter counts only after default (BW 6:82, 6:83: own reading): where the due date is not agreed, a notice of default of fifteen days comes first. That the mail server accepted an e-mail does not prove its receipt. Reminders count payments for the invoice first, whatever the order of imputation: that asks less. Where a reading is open, the one is taken that asks less or later: a year of 365 days, no shorter term for a weekend or holiday, no VAT on own collection.', NULL, NULL, 40.00, 6775.00, NULL, true, true, true, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (13, 4, NULL, 8, 30, 10, 1, 1, 'letter', 'final', 'collection', '{"de_DE": "Letzte Mahnung", "en_US": "Last notice", "fr_BE": "Dernier rappel", "fr_FR": "Dernier rappel", "nl_BE": "Laatste aanmaning", "nl_NL": "Laatste aanmaning"}', '{"de_DE": "Letzte Mahnung über {total}", "en_US": "Last notice: {total} must be paid", "fr_BE": "Dernier rappel : {total} à payer", "fr_FR": "Dernier rappel : {total} à payer", "nl_BE": "Laatste aanmaning: nog te betalen {total}", "nl_NL": "Laatste aanmaning: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung ist trotz unserer bisherigen Mahnungen noch immer nicht eingegangen. Offen ist weiterhin der unten aufgeführte Betrag.", "en_US": "In spite of our earlier reminders the following is still not paid.", "fr_BE": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "fr_FR": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "nl_BE": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald.", "nl_NL": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald."}', '{"de_DE": "Bitte zahlen Sie den gesamten Betrag innerhalb von acht Tagen. Geht bis dahin weder Ihre Zahlung noch eine Antwort bei uns ein, müssen wir weitere Schritte zum Einzug der Forderung einleiten.\n\n{collector} wird Sie in dieser Sache anrufen. Sie erreichen uns auch unter {phone}.", "en_US": "Please pay the full amount within eight days. If we receive neither payment nor an answer, we will have to take further steps to collect the claim.\n\n{collector} will call you about this. You can also reach us on {phone}.", "fr_BE": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.\n\n{collector} vous appellera à ce sujet. Vous pouvez aussi nous joindre au {phone}.", "fr_FR": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.\n\n{collector} vous appellera à ce sujet. Vous pouvez aussi nous joindre au {phone}.", "nl_BE": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.\n\n{collector} belt u hierover nog op. U kunt ons ook zelf bereiken op het nummer {phone}.", "nl_NL": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.\n\n{collector} belt u hierover nog op. U kunt ons ook zelf bereiken op het nummer {phone}."}', '{"de_DE": "Sagen Sie, dass heute die letzte Mahnung hinausgegangen ist. Bitten Sie um Zahlung innerhalb von acht Tagen, oder vereinbaren Sie Raten mit Terminen und Beträgen. Sagen Sie deutlich, was folgt, wenn nichts geschieht.", "en_US": "Say that the last notice was sent today. Ask for payment within eight days, or agree on instalments with dates and amounts. Say plainly what follows if nothing happens.", "fr_BE": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours, ou convenir d''un étalement avec des dates et des montants. Dire clairement ce qui suivra si rien ne se passe.", "fr_FR": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours, ou convenir d''un étalement avec des dates et des montants. Dire clairement ce qui suivra si rien ne se passe.", "nl_BE": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen, of spreek een afbetaling in termijnen af met data en bedragen. Zeg duidelijk wat er volgt als er niets gebeurt.", "nl_NL": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen, of spreek een afbetaling in termijnen af met data en bedragen. Zeg duidelijk wat er volgt als er niets gebeurt."}', 5.00, true, true, true, NULL, true, true, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (10, 3, NULL, 8, 35, 10, 1, 1, 'letter', 'final', 'collection', '{"de_DE": "Letzte Mahnung", "en_US": "Last notice", "fr_BE": "Dernier rappel", "fr_FR": "Dernier rappel", "nl_BE": "Laatste aanmaning", "nl_NL": "Laatste aanmaning"}', '{"de_DE": "Letzte Mahnung über {total}", "en_US": "Last notice: {total} must be paid", "fr_BE": "Dernier rappel : {total} à payer", "fr_FR": "Dernier rappel : {total} à payer", "nl_BE": "Laatste aanmaning: nog te betalen {total}", "nl_NL": "Laatste aanmaning: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung ist trotz unserer bisherigen Mahnungen noch immer nicht eingegangen. Offen ist weiterhin der unten aufgeführte Betrag.", "en_US": "In spite of our earlier reminders the following is still not paid.", "fr_BE": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "fr_FR": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "nl_BE": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald.", "nl_NL": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald."}', '{"de_DE": "Bitte zahlen Sie den gesamten Betrag innerhalb von acht Tagen. Geht bis dahin weder Ihre Zahlung noch eine Antwort bei uns ein, müssen wir weitere Schritte zum Einzug der Forderung einleiten.\n\n{collector} wird Sie in dieser Sache anrufen. Sie erreichen uns auch unter {phone}.", "en_US": "Please pay the full amount within eight days. If we receive neither payment nor an answer, we will have to take further steps to collect the claim.\n\n{collector} will call you about this. You can also reach us on {phone}.", "fr_BE": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.\n\n{collector} vous appellera à ce sujet. Vous pouvez aussi nous joindre au {phone}.", "fr_FR": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.\n\n{collector} vous appellera à ce sujet. Vous pouvez aussi nous joindre au {phone}.", "nl_BE": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.\n\n{collector} belt u hierover nog op. U kunt ons ook zelf bereiken op het nummer {phone}.", "nl_NL": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.\n\n{collector} belt u hierover nog op. U kunt ons ook zelf bereiken op het nummer {phone}."}', '{"de_DE": "Sagen Sie, dass heute die letzte Mahnung hinausgegangen ist. Bitten Sie um Zahlung innerhalb von acht Tagen, oder vereinbaren Sie Raten mit Terminen und Beträgen. Sagen Sie deutlich, was folgt, wenn nichts geschieht.", "en_US": "Say that the last notice was sent today. Ask for payment within eight days, or agree on instalments with dates and amounts. Say plainly what follows if nothing happens.", "fr_BE": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours, ou convenir d''un étalement avec des dates et des montants. Dire clairement ce qui suivra si rien ne se passe.", "fr_FR": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours, ou convenir d''un étalement avec des dates et des montants. Dire clairement ce qui suivra si rien ne se passe.", "nl_BE": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen, of spreek een afbetaling in termijnen af met data en bedragen. Zeg duidelijk wat er volgt als er niets gebeurt.", "nl_NL": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen, of spreek een afbetaling in termijnen af met data en bedragen. Zeg duidelijk wat er volgt als er niets gebeurt."}', 5.00, true, NULL, true, NULL, true, true, NULL, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (4, 1, NULL, 8, 30, 10, 1, 1, 'email', 'final', 'none', '{"de_DE": "Letzte Mahnung", "en_US": "Last notice", "fr_BE": "Dernier rappel", "fr_FR": "Dernier rappel", "nl_BE": "Laatste aanmaning", "nl_NL": "Laatste aanmaning"}', '{"de_DE": "Letzte Mahnung über {total}", "en_US": "Last notice: {total} must be paid", "fr_BE": "Dernier rappel : {total} à payer", "fr_FR": "Dernier rappel : {total} à payer", "nl_BE": "Laatste aanmaning: nog te betalen {total}", "nl_NL": "Laatste aanmaning: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung ist trotz unserer bisherigen Mahnungen noch immer nicht eingegangen. Offen ist weiterhin der unten aufgeführte Betrag.", "en_US": "In spite of our earlier reminders the following is still not paid.", "fr_BE": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "fr_FR": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "nl_BE": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald.", "nl_NL": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald."}', '{"de_DE": "Bitte zahlen Sie den gesamten Betrag innerhalb von acht Tagen. Geht bis dahin weder Ihre Zahlung noch eine Antwort bei uns ein, müssen wir weitere Schritte zum Einzug der Forderung einleiten.\n\n{collector} wird Sie in dieser Sache anrufen. Sie erreichen uns auch unter {phone}.", "en_US": "Please pay the full amount within eight days. If we receive neither payment nor an answer, we will have to take further steps to collect the claim.\n\n{collector} will call you about this. You can also reach us on {phone}.", "fr_BE": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.\n\n{collector} vous appellera à ce sujet. Vous pouvez aussi nous joindre au {phone}.", "fr_FR": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.\n\n{collector} vous appellera à ce sujet. Vous pouvez aussi nous joindre au {phone}.", "nl_BE": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.\n\n{collector} belt u hierover nog op. U kunt ons ook zelf bereiken op het nummer {phone}.", "nl_NL": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.\n\n{collector} belt u hierover nog op. U kunt ons ook zelf bereiken op het nummer {phone}."}', '{"de_DE": "Sagen Sie, dass heute die letzte Mahnung hinausgegangen ist. Bitten Sie um Zahlung innerhalb von acht Tagen, oder vereinbaren Sie Raten mit Terminen und Beträgen. Sagen Sie deutlich, was folgt, wenn nichts geschieht.", "en_US": "Say that the last notice was sent today. Ask for payment within eight days, or agree on instalments with dates and amounts. Say plainly what follows if nothing happens.", "fr_BE": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours, ou convenir d''un étalement avec des dates et des montants. Dire clairement ce qui suivra si rien ne se passe.", "fr_FR": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours, ou convenir d''un étalement avec des dates et des montants. Dire clairement ce qui suivra si rien ne se passe.", "nl_BE": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen, of spreek een afbetaling in termijnen af met data en bedragen. Zeg duidelijk wat er volgt als er niets gebeurt.", "nl_NL": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen, of spreek een afbetaling in termijnen af met data en bedragen. Zeg duidelijk wat er volgt als er niets gebeurt."}', 5.00, true, true, true, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (7, 2, NULL, 8, 15, 7, 1, 1, 'letter', 'final', 'none', '{"de_DE": "Letzte Mahnung", "en_US": "Last notice", "fr_BE": "Dernier rappel", "fr_FR": "Dernier rappel", "nl_BE": "Laatste aanmaning", "nl_NL": "Laatste aanmaning"}', '{"de_DE": "Letzte Mahnung über {total}", "en_US": "Last notice: {total} must be paid", "fr_BE": "Dernier rappel : {total} à payer", "fr_FR": "Dernier rappel : {total} à payer", "nl_BE": "Laatste aanmaning: nog te betalen {total}", "nl_NL": "Laatste aanmaning: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung ist trotz unserer bisherigen Mahnungen noch immer nicht eingegangen. Offen ist weiterhin der unten aufgeführte Betrag.", "en_US": "In spite of our earlier reminders the following is still not paid.", "fr_BE": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "fr_FR": "Malgré nos rappels précédents, le solde ci-dessous reste impayé.", "nl_BE": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald.", "nl_NL": "Ondanks onze eerdere herinneringen is het onderstaande bedrag nog altijd niet betaald."}', '{"de_DE": "Bitte zahlen Sie den gesamten Betrag innerhalb von acht Tagen. Geht bis dahin weder Ihre Zahlung noch eine Antwort bei uns ein, müssen wir weitere Schritte zum Einzug der Forderung einleiten.", "en_US": "Please pay the full amount within eight days. If we receive neither payment nor an answer, we will have to take further steps to collect the claim.", "fr_BE": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.", "fr_FR": "Nous vous prions de payer la totalité de ce montant dans les huit jours. Sans paiement ni réponse de votre part dans ce délai, nous serons contraints d''entreprendre d''autres démarches pour recouvrer notre créance.", "nl_BE": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen.", "nl_NL": "Wij verzoeken u het volledige bedrag binnen acht dagen te betalen. Ontvangen wij geen betaling en ook geen antwoord, dan zien wij ons genoodzaakt verdere stappen te nemen om onze vordering te innen."}', '{"de_DE": "Sagen Sie, dass heute die letzte Mahnung hinausgegangen ist. Bitten Sie um Zahlung innerhalb von acht Tagen. Sagen Sie deutlich, was folgt, wenn nichts geschieht.", "en_US": "Say that the last notice was sent today. Ask for payment within eight days. Say plainly what follows if nothing happens.", "fr_BE": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours. Dire clairement ce qui suivra si rien ne se passe.", "fr_FR": "Dire que le dernier rappel est parti aujourd''hui. Demander le paiement dans les huit jours. Dire clairement ce qui suivra si rien ne se passe.", "nl_BE": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen. Zeg duidelijk wat er volgt als er niets gebeurt.", "nl_NL": "Zeg dat de laatste aanmaning vandaag is verzonden. Vraag om betaling binnen acht dagen. Zeg duidelijk wat er volgt als er niets gebeurt."}', 5.00, true, true, true, true, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (11, 4, NULL, 1, 5, 0, 1, 1, 'email', 'friendly', 'none', '{"de_DE": "Zahlungserinnerung", "en_US": "First reminder", "fr_BE": "Premier rappel", "fr_FR": "Premier rappel", "nl_BE": "Eerste herinnering", "nl_NL": "Eerste herinnering"}', '{"de_DE": "Zahlungserinnerung: {total}, fällig am {oldest_due_date}", "en_US": "Reminder: {total} was due on {oldest_due_date}", "fr_BE": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "fr_FR": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "nl_BE": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}", "nl_NL": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}"}', '{"de_DE": "Ihrer Aufmerksamkeit ist vielleicht entgangen, dass der unten aufgeführte Betrag noch offen ist: Eine Zahlung ist bei uns bisher nicht eingegangen.", "en_US": "It may have slipped your attention: we have not received your payment for the following yet.", "fr_BE": "Il s''agit sans doute d''un simple oubli : sauf erreur de notre part, nous n''avons pas encore reçu votre paiement pour le solde ci-dessous.", "fr_FR": "Il s''agit sans doute d''un simple oubli : sauf erreur de notre part, nous n''avons pas encore reçu votre paiement pour le solde ci-dessous.", "nl_BE": "Misschien is het aan uw aandacht ontsnapt: volgens onze administratie staat het onderstaande bedrag nog open.", "nl_NL": "Misschien is het aan uw aandacht ontsnapt: volgens onze administratie staat het onderstaande bedrag nog open."}', '{"de_DE": "Haben Sie bereits gezahlt oder sind Sie mit einer Rechnung nicht einverstanden? Dann antworten Sie einfach auf diese Nachricht.", "en_US": "Have you paid already, or do you disagree with an invoice? Then just answer this message.", "fr_BE": "Vous avez déjà payé, ou vous contestez une facture ? Répondez simplement à ce message.", "fr_FR": "Vous avez déjà payé, ou vous contestez une facture ? Répondez simplement à ce message.", "nl_BE": "Hebt u al betaald of bent u het niet eens met een factuur? Beantwoord dan gewoon dit bericht.", "nl_NL": "Hebt u al betaald of bent u het niet eens met een factuur? Beantwoord dan gewoon dit bericht."}', '{"de_DE": "Fragen Sie, ob die Rechnungen angekommen und freigegeben sind. Wann werden sie bezahlt? Steht der Zahlung etwas im Weg?", "en_US": "Ask whether the invoices arrived and are approved. When will they be paid? Is anything in the way?", "fr_BE": "Demander si les factures sont bien arrivées et approuvées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "fr_FR": "Demander si les factures sont bien arrivées et approuvées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "nl_BE": "Vraag of de facturen zijn aangekomen en goedgekeurd. Wanneer worden ze betaald? Staat er nog iets in de weg?", "nl_NL": "Vraag of de facturen zijn aangekomen en goedgekeurd. Wanneer worden ze betaald? Staat er nog iets in de weg?"}', 5.00, true, NULL, NULL, NULL, NULL, NULL, true, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (8, 3, NULL, 1, 5, 0, 1, 1, 'email', 'friendly', 'none', '{"de_DE": "Zahlungserinnerung", "en_US": "First reminder", "fr_BE": "Premier rappel", "fr_FR": "Premier rappel", "nl_BE": "Eerste herinnering", "nl_NL": "Eerste herinnering"}', '{"de_DE": "Zahlungserinnerung: {total}, fällig am {oldest_due_date}", "en_US": "Reminder: {total} was due on {oldest_due_date}", "fr_BE": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "fr_FR": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "nl_BE": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}", "nl_NL": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}"}', '{"de_DE": "Ihrer Aufmerksamkeit ist vielleicht entgangen, dass der unten aufgeführte Betrag noch offen ist: Eine Zahlung ist bei uns bisher nicht eingegangen.", "en_US": "It may have slipped your attention: we have not received your payment for the following yet.", "fr_BE": "Il s''agit sans doute d''un simple oubli : sauf erreur de notre part, nous n''avons pas encore reçu votre paiement pour le solde ci-dessous.", "fr_FR": "Il s''agit sans doute d''un simple oubli : sauf erreur de notre part, nous n''avons pas encore reçu votre paiement pour le solde ci-dessous.", "nl_BE": "Misschien is het aan uw aandacht ontsnapt: volgens onze administratie staat het onderstaande bedrag nog open.", "nl_NL": "Misschien is het aan uw aandacht ontsnapt: volgens onze administratie staat het onderstaande bedrag nog open."}', '{"de_DE": "Haben Sie bereits gezahlt, sind Sie mit einer Rechnung nicht einverstanden oder können Sie nicht alles auf einmal zahlen? Dann antworten Sie einfach auf diese Nachricht oder rufen Sie uns unter {phone} an.", "en_US": "Have you paid already, do you disagree with an invoice, or can you not pay everything at once? Then just answer this message or call us on {phone}.", "fr_BE": "Vous avez déjà payé, vous contestez une facture ou vous ne pouvez pas tout payer en une fois ? Répondez simplement à ce message ou appelez-nous au {phone}.", "fr_FR": "Vous avez déjà payé, vous contestez une facture ou vous ne pouvez pas tout payer en une fois ? Répondez simplement à ce message ou appelez-nous au {phone}.", "nl_BE": "Hebt u al betaald, bent u het niet eens met een factuur of kunt u niet alles in één keer betalen? Beantwoord dan gewoon dit bericht of bel ons op het nummer {phone}.", "nl_NL": "Hebt u al betaald, bent u het niet eens met een factuur of kunt u niet alles in één keer betalen? Beantwoord dan gewoon dit bericht of bel ons op het nummer {phone}."}', '{"de_DE": "Fragen Sie, ob die Rechnungen angekommen sind. Wann werden sie bezahlt? Steht der Zahlung etwas im Weg?", "en_US": "Ask whether the invoices arrived. When will they be paid? Is anything in the way?", "fr_BE": "Demander si les factures sont bien arrivées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "fr_FR": "Demander si les factures sont bien arrivées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "nl_BE": "Vraag of de facturen zijn aangekomen. Wanneer worden ze betaald? Staat er nog iets in de weg?", "nl_NL": "Vraag of de facturen zijn aangekomen. Wanneer worden ze betaald? Staat er nog iets in de weg?"}', 5.00, true, NULL, true, NULL, NULL, NULL, true, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (2, 1, NULL, 1, 5, 0, 1, 1, 'email', 'friendly', 'none', '{"de_DE": "Zahlungserinnerung", "en_US": "First reminder", "fr_BE": "Premier rappel", "fr_FR": "Premier rappel", "nl_BE": "Eerste herinnering", "nl_NL": "Eerste herinnering"}', '{"de_DE": "Zahlungserinnerung: {total}, fällig am {oldest_due_date}", "en_US": "Reminder: {total} was due on {oldest_due_date}", "fr_BE": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "fr_FR": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "nl_BE": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}", "nl_NL": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}"}', '{"de_DE": "Ihrer Aufmerksamkeit ist vielleicht entgangen, dass der unten aufgeführte Betrag noch offen ist: Eine Zahlung ist bei uns bisher nicht eingegangen.", "en_US": "It may have slipped your attention: we have not received your payment for the following yet.", "fr_BE": "Il s''agit sans doute d''un simple oubli : sauf erreur de notre part, nous n''avons pas encore reçu votre paiement pour le solde ci-dessous.", "fr_FR": "Il s''agit sans doute d''un simple oubli : sauf erreur de notre part, nous n''avons pas encore reçu votre paiement pour le solde ci-dessous.", "nl_BE": "Misschien is het aan uw aandacht ontsnapt: volgens onze administratie staat het onderstaande bedrag nog open.", "nl_NL": "Misschien is het aan uw aandacht ontsnapt: volgens onze administratie staat het onderstaande bedrag nog open."}', '{"de_DE": "Dürfen wir Sie bitten, den Betrag in den nächsten Tagen zu überweisen?\n\nHaben Sie bereits gezahlt oder sind Sie mit einer Rechnung nicht einverstanden? Dann antworten Sie einfach auf diese Nachricht.", "en_US": "Would you transfer the amount in the coming days?\n\nHave you paid already, or do you disagree with an invoice? Then just answer this message.", "fr_BE": "Pourriez-vous verser ce montant dans les prochains jours ?\n\nVous avez déjà payé, ou vous contestez une facture ? Répondez simplement à ce message.", "fr_FR": "Pourriez-vous verser ce montant dans les prochains jours ?\n\nVous avez déjà payé, ou vous contestez une facture ? Répondez simplement à ce message.", "nl_BE": "Wilt u het bedrag in de komende dagen betalen?\n\nHebt u al betaald of bent u het niet eens met een factuur? Beantwoord dan gewoon dit bericht.", "nl_NL": "Wilt u het bedrag in de komende dagen betalen?\n\nHebt u al betaald of bent u het niet eens met een factuur? Beantwoord dan gewoon dit bericht."}', '{"de_DE": "Fragen Sie, ob die Rechnungen angekommen und freigegeben sind. Wann werden sie bezahlt? Steht der Zahlung etwas im Weg?", "en_US": "Ask whether the invoices arrived and are approved. When will they be paid? Is anything in the way?", "fr_BE": "Demander si les factures sont bien arrivées et approuvées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "fr_FR": "Demander si les factures sont bien arrivées et approuvées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "nl_BE": "Vraag of de facturen zijn aangekomen en goedgekeurd. Wanneer worden ze betaald? Staat er nog iets in de weg?", "nl_NL": "Vraag of de facturen zijn aangekomen en goedgekeurd. Wanneer worden ze betaald? Staat er nog iets in de weg?"}', 5.00, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (5, 2, NULL, 1, 1, 0, 1, 1, 'email', 'neutral', 'none', '{"de_DE": "Zahlungserinnerung", "en_US": "First reminder", "fr_BE": "Premier rappel", "fr_FR": "Premier rappel", "nl_BE": "Eerste herinnering", "nl_NL": "Eerste herinnering"}', '{"de_DE": "Zahlungserinnerung: {total}, fällig am {oldest_due_date}", "en_US": "Reminder: {total} was due on {oldest_due_date}", "fr_BE": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "fr_FR": "Rappel : paiement de {total} attendu pour le {oldest_due_date}", "nl_BE": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}", "nl_NL": "Betalingsherinnering: {total}, vervallen op {oldest_due_date}"}', '{"de_DE": "Ihre Zahlungsfrist für den unten aufgeführten Betrag ist abgelaufen; einen Zahlungseingang konnten wir bisher nicht feststellen.", "en_US": "The term of payment of the following has passed, and we have not received your payment.", "fr_BE": "Le délai de paiement du solde ci-dessous est dépassé et nous n''avons pas reçu votre paiement.", "fr_FR": "Le délai de paiement du solde ci-dessous est dépassé et nous n''avons pas reçu votre paiement.", "nl_BE": "De betalingstermijn is verstreken en wij hebben uw betaling van het onderstaande bedrag niet ontvangen.", "nl_NL": "De betalingstermijn is verstreken en wij hebben uw betaling van het onderstaande bedrag niet ontvangen."}', '{"de_DE": "Bitte überweisen Sie den Betrag innerhalb der nächsten sieben Tage. Haben Sie bereits gezahlt oder sind Sie mit einer Rechnung nicht einverstanden? Dann antworten Sie einfach auf diese Nachricht.", "en_US": "Please transfer the amount within the next seven days. Have you paid already, or do you disagree with an invoice? Then just answer this message.", "fr_BE": "Merci de verser ce montant dans les sept jours. Vous avez déjà payé, ou vous contestez une facture ? Répondez simplement à ce message.", "fr_FR": "Merci de verser ce montant dans les sept jours. Vous avez déjà payé, ou vous contestez une facture ? Répondez simplement à ce message.", "nl_BE": "Wij verzoeken u het bedrag binnen zeven dagen te betalen. Hebt u al betaald of bent u het niet eens met een factuur? Beantwoord dan gewoon dit bericht.", "nl_NL": "Wij verzoeken u het bedrag binnen zeven dagen te betalen. Hebt u al betaald of bent u het niet eens met een factuur? Beantwoord dan gewoon dit bericht."}', '{"de_DE": "Fragen Sie, ob die Rechnungen angekommen und freigegeben sind. Wann werden sie bezahlt? Steht der Zahlung etwas im Weg?", "en_US": "Ask whether the invoices arrived and are approved. When will they be paid? Is anything in the way?", "fr_BE": "Demander si les factures sont bien arrivées et approuvées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "fr_FR": "Demander si les factures sont bien arrivées et approuvées. Quand seront-elles payées ? Y a-t-il un obstacle ?", "nl_BE": "Vraag of de facturen zijn aangekomen en goedgekeurd. Wanneer worden ze betaald? Staat er nog iets in de weg?", "nl_NL": "Vraag of de facturen zijn aangekomen en goedgekeurd. Wanneer worden ze betaald? Staat er nog iets in de weg?"}', 5.00, true, NULL, true, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (12, 4, NULL, 2, 15, 7, 1, 1, 'email', 'neutral', 'collection', '{"de_DE": "Mahnung", "en_US": "Second reminder", "fr_BE": "Deuxième rappel", "fr_FR": "Deuxième rappel", "nl_BE": "Tweede herinnering", "nl_NL": "Tweede herinnering"}', '{"de_DE": "Mahnung: Bitte zahlen Sie {total}", "en_US": "Second reminder: please pay {total}", "fr_BE": "Deuxième rappel : merci de régler {total}", "fr_FR": "Deuxième rappel : merci de régler {total}", "nl_BE": "Tweede herinnering: nog te betalen {total}", "nl_NL": "Tweede herinnering: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung steht weiterhin aus: Trotz unserer Erinnerung ist der unten aufgeführte Betrag nicht bei uns eingegangen, und wir haben auch nichts von Ihnen gehört.", "en_US": "We reminded you of the following earlier, and have neither received your payment nor heard from you.", "fr_BE": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous. À ce jour, nous n''avons reçu ni paiement ni nouvelles de votre part.", "fr_FR": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous. À ce jour, nous n''avons reçu ni paiement ni nouvelles de votre part.", "nl_BE": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben sindsdien geen betaling ontvangen en niets van u vernomen.", "nl_NL": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben sindsdien geen betaling ontvangen en niets van u vernomen."}', '{"de_DE": "Bitte überweisen Sie den Betrag innerhalb der nächsten sieben Tage. Wenn Sie nicht alles auf einmal zahlen können, rufen Sie uns bitte unter {phone} an: Wir treffen lieber eine Vereinbarung mit Ihnen, als Ihnen noch einmal zu schreiben.", "en_US": "Please transfer the amount within the next seven days. If you cannot pay everything at once, call us on {phone}: we would rather make an agreement than write again.", "fr_BE": "Merci de verser ce montant dans les sept jours. Si vous ne pouvez pas tout payer en une fois, appelez-nous au {phone} : nous préférons convenir d''un arrangement avec vous plutôt que de vous réécrire.", "fr_FR": "Merci de verser ce montant dans les sept jours. Si vous ne pouvez pas tout payer en une fois, appelez-nous au {phone} : nous préférons convenir d''un arrangement avec vous plutôt que de vous réécrire.", "nl_BE": "Wij vragen u het bedrag binnen zeven dagen te betalen. Kunt u niet alles in één keer betalen? Bel ons dan op het nummer {phone}: wij maken liever een afspraak met u dan u nog eens te moeten schrijven.", "nl_NL": "Wij vragen u het bedrag binnen zeven dagen te betalen. Kunt u niet alles in één keer betalen? Bel ons dan op het nummer {phone}: wij maken liever een afspraak met u dan u nog eens te moeten schrijven."}', '{"de_DE": "Verweisen Sie auf die Zahlungserinnerung. Fragen Sie nach dem Grund der Verzögerung und nach dem Tag, an dem gezahlt wird; halten Sie beides schriftlich fest.", "en_US": "Refer to the first reminder. Ask for the reason of the delay and for a day on which will be paid; write it down.", "fr_BE": "Se référer au premier rappel. Demander la raison du retard et la date à laquelle le paiement sera effectué ; la noter.", "fr_FR": "Se référer au premier rappel. Demander la raison du retard et la date à laquelle le paiement sera effectué ; la noter.", "nl_BE": "Verwijs naar de eerste herinnering. Vraag naar de reden van de vertraging en naar de dag waarop er wordt betaald; noteer die.", "nl_NL": "Verwijs naar de eerste herinnering. Vraag naar de reden van de vertraging en naar de dag waarop er wordt betaald; noteer die."}', 5.00, true, NULL, true, NULL, NULL, true, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (9, 3, NULL, 2, 20, 14, 1, 1, 'email', 'neutral', 'collection', '{"de_DE": "Mahnung", "en_US": "Second reminder", "fr_BE": "Deuxième rappel", "fr_FR": "Deuxième rappel", "nl_BE": "Tweede herinnering", "nl_NL": "Tweede herinnering"}', '{"de_DE": "Mahnung: Bitte zahlen Sie {total}", "en_US": "Second reminder: please pay {total}", "fr_BE": "Deuxième rappel : merci de régler {total}", "fr_FR": "Deuxième rappel : merci de régler {total}", "nl_BE": "Tweede herinnering: nog te betalen {total}", "nl_NL": "Tweede herinnering: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung steht weiterhin aus: Trotz unserer Erinnerung ist der unten aufgeführte Betrag nicht bei uns eingegangen, und wir haben auch nichts von Ihnen gehört.", "en_US": "We reminded you of the following earlier, and have neither received your payment nor heard from you.", "fr_BE": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous. À ce jour, nous n''avons reçu ni paiement ni nouvelles de votre part.", "fr_FR": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous. À ce jour, nous n''avons reçu ni paiement ni nouvelles de votre part.", "nl_BE": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben sindsdien geen betaling ontvangen en niets van u vernomen.", "nl_NL": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben sindsdien geen betaling ontvangen en niets van u vernomen."}', '{"de_DE": "Bitte überweisen Sie den Betrag innerhalb der nächsten sieben Tage. Wenn Sie nicht alles auf einmal zahlen können, rufen Sie uns bitte unter {phone} an: Wir treffen lieber eine Vereinbarung mit Ihnen, als Ihnen noch einmal zu schreiben.", "en_US": "Please transfer the amount within the next seven days. If you cannot pay everything at once, call us on {phone}: we would rather make an agreement than write again.", "fr_BE": "Merci de verser ce montant dans les sept jours. Si vous ne pouvez pas tout payer en une fois, appelez-nous au {phone} : nous préférons convenir d''un arrangement avec vous plutôt que de vous réécrire.", "fr_FR": "Merci de verser ce montant dans les sept jours. Si vous ne pouvez pas tout payer en une fois, appelez-nous au {phone} : nous préférons convenir d''un arrangement avec vous plutôt que de vous réécrire.", "nl_BE": "Wij vragen u het bedrag binnen zeven dagen te betalen. Kunt u niet alles in één keer betalen? Bel ons dan op het nummer {phone}: wij maken liever een afspraak met u dan u nog eens te moeten schrijven.", "nl_NL": "Wij vragen u het bedrag binnen zeven dagen te betalen. Kunt u niet alles in één keer betalen? Bel ons dan op het nummer {phone}: wij maken liever een afspraak met u dan u nog eens te moeten schrijven."}', '{"de_DE": "Verweisen Sie auf die Zahlungserinnerung. Fragen Sie nach dem Grund der Verzögerung und nach dem Tag, an dem gezahlt wird; halten Sie beides schriftlich fest.", "en_US": "Refer to the first reminder. Ask for the reason of the delay and for a day on which will be paid; write it down.", "fr_BE": "Se référer au premier rappel. Demander la raison du retard et la date à laquelle le paiement sera effectué ; la noter.", "fr_FR": "Se référer au premier rappel. Demander la raison du retard et la date à laquelle le paiement sera effectué ; la noter.", "nl_BE": "Verwijs naar de eerste herinnering. Vraag naar de reden van de vertraging en naar de dag waarop er wordt betaald; noteer die.", "nl_NL": "Verwijs naar de eerste herinnering. Vraag naar de reden van de vertraging en naar de dag waarop er wordt betaald; noteer die."}', 5.00, true, NULL, true, NULL, NULL, true, NULL, true, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (3, 1, NULL, 2, 15, 7, 1, 1, 'email', 'neutral', 'none', '{"de_DE": "Mahnung", "en_US": "Second reminder", "fr_BE": "Deuxième rappel", "fr_FR": "Deuxième rappel", "nl_BE": "Tweede herinnering", "nl_NL": "Tweede herinnering"}', '{"de_DE": "Mahnung: Bitte zahlen Sie {total}", "en_US": "Second reminder: please pay {total}", "fr_BE": "Deuxième rappel : merci de régler {total}", "fr_FR": "Deuxième rappel : merci de régler {total}", "nl_BE": "Tweede herinnering: nog te betalen {total}", "nl_NL": "Tweede herinnering: nog te betalen {total}"}', '{"de_DE": "Ihre Zahlung steht weiterhin aus: Trotz unserer Erinnerung ist der unten aufgeführte Betrag nicht bei uns eingegangen, und wir haben auch nichts von Ihnen gehört.", "en_US": "We reminded you of the following earlier, and have neither received your payment nor heard from you.", "fr_BE": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous. À ce jour, nous n''avons reçu ni paiement ni nouvelles de votre part.", "fr_FR": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous. À ce jour, nous n''avons reçu ni paiement ni nouvelles de votre part.", "nl_BE": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben sindsdien geen betaling ontvangen en niets van u vernomen.", "nl_NL": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben sindsdien geen betaling ontvangen en niets van u vernomen."}', '{"de_DE": "Bitte überweisen Sie den Betrag innerhalb der nächsten sieben Tage. Wenn Sie nicht alles auf einmal zahlen können, rufen Sie uns bitte unter {phone} an: Wir treffen lieber eine Vereinbarung mit Ihnen, als Ihnen noch einmal zu schreiben.", "en_US": "Please transfer the amount within the next seven days. If you cannot pay everything at once, call us on {phone}: we would rather make an agreement than write again.", "fr_BE": "Merci de verser ce montant dans les sept jours. Si vous ne pouvez pas tout payer en une fois, appelez-nous au {phone} : nous préférons convenir d''un arrangement avec vous plutôt que de vous réécrire.", "fr_FR": "Merci de verser ce montant dans les sept jours. Si vous ne pouvez pas tout payer en une fois, appelez-nous au {phone} : nous préférons convenir d''un arrangement avec vous plutôt que de vous réécrire.", "nl_BE": "Wij vragen u het bedrag binnen zeven dagen te betalen. Kunt u niet alles in één keer betalen? Bel ons dan op het nummer {phone}: wij maken liever een afspraak met u dan u nog eens te moeten schrijven.", "nl_NL": "Wij vragen u het bedrag binnen zeven dagen te betalen. Kunt u niet alles in één keer betalen? Bel ons dan op het nummer {phone}: wij maken liever een afspraak met u dan u nog eens te moeten schrijven."}', '{"de_DE": "Verweisen Sie auf die Zahlungserinnerung. Fragen Sie nach dem Grund der Verzögerung und nach dem Tag, an dem gezahlt wird; halten Sie beides schriftlich fest.", "en_US": "Refer to the first reminder. Ask for the reason of the delay and for a day on which will be paid; write it down.", "fr_BE": "Se référer au premier rappel. Demander la raison du retard et la date à laquelle le paiement sera effectué ; la noter.", "fr_FR": "Se référer au premier rappel. Demander la raison du retard et la date à laquelle le paiement sera effectué ; la noter.", "nl_BE": "Verwijs naar de eerste herinnering. Vraag naar de reden van de vertraging en naar de dag waarop er wordt betaald; noteer die.", "nl_NL": "Verwijs naar de eerste herinnering. Vraag naar de reden van de vertraging en naar de dag waarop er wordt betaald; noteer die."}', 5.00, true, NULL, true, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (6, 2, NULL, 2, 8, 7, 1, 1, 'email', 'firm', 'none', '{"de_DE": "Mahnung", "en_US": "Second reminder", "fr_BE": "Deuxième rappel", "fr_FR": "Deuxième rappel", "nl_BE": "Tweede herinnering", "nl_NL": "Tweede herinnering"}', '{"de_DE": "Mahnung: Bitte zahlen Sie {total} umgehend", "en_US": "Second reminder: please pay {total} now", "fr_BE": "Deuxième rappel : merci de régler {total} dès à présent", "fr_FR": "Deuxième rappel : merci de régler {total} dès à présent", "nl_BE": "Tweede herinnering: nu te betalen {total}", "nl_NL": "Tweede herinnering: nu te betalen {total}"}', '{"de_DE": "Ihre Zahlung steht weiterhin aus: Trotz unserer Erinnerung ist der unten aufgeführte Betrag nicht bei uns eingegangen.", "en_US": "We reminded you of the following earlier, and have not received your payment.", "fr_BE": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous et nous n''avons pas reçu votre paiement.", "fr_FR": "Nous vous avons déjà adressé un rappel pour le solde ci-dessous et nous n''avons pas reçu votre paiement.", "nl_BE": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben uw betaling nog niet ontvangen.", "nl_NL": "Wij hebben u eerder aan het onderstaande bedrag herinnerd, maar hebben uw betaling nog niet ontvangen."}', '{"de_DE": "Bitte überweisen Sie den Betrag innerhalb der nächsten fünf Tage. {collector} wird Sie anrufen; Sie erreichen uns auch unter {phone}.", "en_US": "Please transfer the amount within the next five days. {collector} will call you; you can also reach us on {phone}.", "fr_BE": "Merci de verser ce montant dans les cinq jours. {collector} vous appellera ; vous pouvez aussi nous joindre au {phone}.", "fr_FR": "Merci de verser ce montant dans les cinq jours. {collector} vous appellera ; vous pouvez aussi nous joindre au {phone}.", "nl_BE": "Wij verzoeken u het bedrag binnen vijf dagen te betalen. {collector} neemt telefonisch contact met u op; u kunt ons ook zelf bereiken op het nummer {phone}.", "nl_NL": "Wij verzoeken u het bedrag binnen vijf dagen te betalen. {collector} neemt telefonisch contact met u op; u kunt ons ook zelf bereiken op het nummer {phone}."}', '{"de_DE": "Verweisen Sie auf die Zahlungserinnerung. Bitten Sie um Zahlung innerhalb von fünf Tagen; vereinbaren Sie Termine und Beträge und halten Sie sie schriftlich fest.", "en_US": "Refer to the first reminder. Ask for payment within five days; agree on dates and amounts and write them down.", "fr_BE": "Se référer au premier rappel. Demander le paiement dans les cinq jours ; convenir de dates et de montants, et les noter.", "fr_FR": "Se référer au premier rappel. Demander le paiement dans les cinq jours ; convenir de dates et de montants, et les noter.", "nl_BE": "Verwijs naar de eerste herinnering. Vraag om betaling binnen vijf dagen; spreek data en bedragen af en noteer ze.", "nl_NL": "Verwijs naar de eerste herinnering. Vraag om betaling binnen vijf dagen; spreek data en bedragen af en noteer ze."}', 5.00, true, NULL, true, NULL, true, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_level VALUES (1, 1, NULL, 0, -3, 0, 1, 1, 'email', 'friendly', 'none', '{"de_DE": "Hinweis vor Fälligkeit", "en_US": "Note before the due date", "fr_BE": "Avis avant l''échéance", "fr_FR": "Avis avant l''échéance", "nl_BE": "Bericht vóór de vervaldatum", "nl_NL": "Bericht vóór de vervaldatum"}', '{"de_DE": "Fällig am {oldest_due_date}: Rechnung {invoices}", "en_US": "Coming due on {oldest_due_date}: invoice {invoices}", "fr_BE": "Échéance le {oldest_due_date} : facture {invoices}", "fr_FR": "Échéance le {oldest_due_date} : facture {invoices}", "nl_BE": "Binnenkort te betalen: factuur {invoices}, vervaldatum {oldest_due_date}", "nl_NL": "Binnenkort te betalen: factuur {invoices}, vervaldatum {oldest_due_date}"}', '{"de_DE": "Sie müssen nichts weiter tun, wenn Ihre Zahlung schon vorgesehen ist. Der guten Ordnung halber weisen wir Sie auf die unten aufgeführte Rechnung hin, die am {oldest_due_date} fällig wird.\n\nStimmt etwas nicht, oder fehlt Ihnen für die Freigabe noch eine Unterlage? Dann geben Sie uns bitte jetzt Bescheid, damit wir es noch rechtzeitig klären können.", "en_US": "You do not have to do anything if the payment is planned already. For your convenience we remind you of the invoice below, which falls due on {oldest_due_date}.\n\nIs something wrong with it, or is a document missing for your approval? Let us know now, then we can still put it right in time.", "fr_BE": "Vous n''avez rien à faire si le paiement est déjà prévu. À toutes fins utiles, nous vous rappelons la facture ci-dessous, qui arrive à échéance le {oldest_due_date}.\n\nContient-elle une erreur, ou vous manque-t-il un document pour l''approuver ? Dites-le-nous dès maintenant : nous pourrons encore y remédier à temps.", "fr_FR": "Vous n''avez rien à faire si le paiement est déjà prévu. À toutes fins utiles, nous vous rappelons la facture ci-dessous, qui arrive à échéance le {oldest_due_date}.\n\nContient-elle une erreur, ou vous manque-t-il un document pour l''approuver ? Dites-le-nous dès maintenant : nous pourrons encore y remédier à temps.", "nl_BE": "Is de betaling al ingepland, dan hoeft u niets te doen. Graag herinneren wij u aan onderstaande factuur, die vervalt op {oldest_due_date}.\n\nKlopt er iets niet, of ontbreekt er een document voor uw goedkeuring? Laat het ons dan nu weten, zodat wij het nog op tijd in orde kunnen brengen.", "nl_NL": "Is de betaling al ingepland, dan hoeft u niets te doen. Graag herinneren wij u aan onderstaande factuur, die vervalt op {oldest_due_date}.\n\nKlopt er iets niet, of ontbreekt er een document voor uw goedkeuring? Laat het ons dan nu weten, zodat wij het nog op tijd in orde kunnen brengen."}', '{"de_DE": "Vielen Dank für Ihr Vertrauen.", "en_US": "Thank you for your trust.", "fr_BE": "Nous vous remercions de votre confiance.", "fr_FR": "Nous vous remercions de votre confiance.", "nl_BE": "Wij danken u voor uw vertrouwen.", "nl_NL": "Wij danken u voor uw vertrouwen."}', NULL, 5000.00, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (2, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2016-07-01', '2022-12-31', 0.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (12, 2, 1, 1, 'vanostaeyen.eu, phc-expert.be, bouwunielimburg.be, schoups', 'verified', '2016-07-01', '2022-12-31', 8.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (29, 4, 1, 1, 'rijksoverheid.nl', 'verified', '2016-01-01', '2022-12-31', 2.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (32, 4, 1, 1, 'debloggendeadvocaat.nl, wieringa-advocaten.nl, metaalunie.nl', 'verified', '2024-01-01', '2024-12-31', 7.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (33, 4, 1, 1, 'vvoadvocatuur.nl', 'verified', '2025-01-01', '2025-12-31', 6.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (37, 5, 1, 1, 'lang-schwarz.de', 'verified', '2016-07-01', '2022-12-31', -0.8800, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (1, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2016-01-01', '2016-06-30', 0.0500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (3, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2023-01-01', '2023-06-30', 2.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (4, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2023-07-01', '2023-12-31', 4.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (5, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2024-01-01', '2024-06-30', 4.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (6, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2024-07-01', '2024-12-31', 4.2500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (7, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2025-01-01', '2025-06-30', 3.1500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (8, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2025-07-01', '2025-12-31', 2.1500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (9, 1, 1, 1, 'banque-france.fr, fxstreet.com, finanzmarktnachrichten.de', 'verified', '2026-01-01', '2026-06-30', 2.1500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (10, 1, 1, 1, 'Public program code; agrees with the German and Dutch steps', 'memory', '2026-07-01', '2026-12-31', 2.4000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (11, 2, 1, 1, 'schoups', 'verified', '2016-01-01', '2016-06-30', 8.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (13, 2, 1, 1, 'Official notice 2023041019', 'verified', '2023-01-01', '2023-06-30', 10.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (14, 2, 1, 1, 'schoups', 'verified', '2023-07-01', '2023-12-31', 12.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (15, 2, 1, 1, 'medenam.be, leuropeinfo.eu', 'verified', '2024-01-01', '2024-06-30', 12.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (16, 2, 1, 1, 'medenam.be, leuropeinfo.eu', 'verified', '2024-07-01', '2024-12-31', 12.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (17, 2, 1, 1, 'leuropeinfo.eu', 'verified', '2025-01-01', '2025-06-30', 11.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (18, 2, 1, 1, 'lawbase.be', 'verified', '2025-07-01', '2025-12-31', 10.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (19, 2, 1, 1, 'embuild.be', 'verified', '2026-01-01', '2026-06-30', 10.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (20, 2, 1, 1, '2.40 + 8 points, rounded up to the half point', 'derived', '2026-07-01', '2026-12-31', 10.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (21, 3, 1, 1, 'immospector.kluwer.be', 'verified', '2019-01-01', '2019-12-31', 2.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (22, 3, 1, 1, 'immospector.kluwer.be', 'verified', '2020-01-01', '2020-12-31', 1.7500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (23, 3, 1, 1, 'immospector.kluwer.be', 'verified', '2021-01-01', '2021-12-31', 1.7500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (24, 3, 1, 1, 'immospector.kluwer.be', 'verified', '2022-01-01', '2022-12-31', 1.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (25, 3, 1, 1, 'immospector.kluwer.be', 'verified', '2023-01-01', '2023-12-31', 5.2500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (26, 3, 1, 1, 'vjn-legal.be', 'verified', '2024-01-01', '2024-12-31', 5.7500, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (27, 3, 1, 1, 'leuropeinfo.eu', 'verified', '2025-01-01', '2025-12-31', 4.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (28, 3, 1, 1, 'embuild.be', 'verified', '2026-01-01', '2026-12-31', 4.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (30, 4, 1, 1, 'debloggendeadvocaat.nl, wieringa-advocaten.nl, metaalunie.nl', 'verified', '2023-01-01', '2023-06-30', 4.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (31, 4, 1, 1, 'debloggendeadvocaat.nl, wieringa-advocaten.nl, metaalunie.nl', 'verified', '2023-07-01', '2023-12-31', 6.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (34, 4, 1, 1, 'Public program code that cites rijksoverheid.nl; no official page seen', 'memory', '2026-01-01', '2026-06-30', 4.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (35, 4, 1, 1, 'Public program code that cites rijksoverheid.nl; no official page seen', 'memory', '2026-07-01', '2026-12-31', 4.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (36, 5, 1, 1, 'lang-schwarz.de', 'verified', '2016-01-01', '2016-06-30', -0.8300, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (38, 5, 1, 1, 'lang-schwarz.de', 'verified', '2023-01-01', '2023-06-30', 1.6200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (39, 5, 1, 1, 'lang-schwarz.de', 'verified', '2023-07-01', '2023-12-31', 3.1200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (40, 5, 1, 1, 'lang-schwarz.de', 'verified', '2024-01-01', '2024-06-30', 3.6200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (41, 5, 1, 1, 'lang-schwarz.de', 'verified', '2024-07-01', '2024-12-31', 3.3700, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (42, 5, 1, 1, 'lang-schwarz.de', 'verified', '2025-01-01', '2025-06-30', 2.2700, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (43, 5, 1, 1, 'iww.de', 'verified', '2025-07-01', '2025-12-31', 1.2700, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (44, 5, 1, 1, 'finanzmarktnachrichten.de', 'verified', '2026-01-01', '2026-06-30', 1.2700, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (45, 5, 1, 1, 'Public program code that cites the Bundesbank', 'memory', '2026-07-01', '2026-12-31', 1.5200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (46, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2022-01-01', '2022-06-30', 0.7600, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (47, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2022-07-01', '2022-12-31', 0.7700, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (48, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2023-01-01', '2023-06-30', 2.0600, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (49, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2023-07-01', '2023-12-31', 4.2200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (50, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2024-01-01', '2024-06-30', 5.0700, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (51, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2024-07-01', '2024-12-31', 4.9200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (52, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2025-01-01', '2025-06-30', 3.7100, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (53, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2025-07-01', '2025-12-31', 2.7600, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (54, 6, 1, 1, 'droit-pratique.fr, notaires2normandie.com, infonet.fr, bpifrance-creation.fr, legifiscal.fr, juriblio.fr', 'verified', '2026-01-01', '2026-06-30', 2.6200, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_interest_rate VALUES (55, 7, 1, 1, 'mj.gouvernement.lu', 'verified', '2024-01-01', '2024-12-31', 4.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (1, 2, 1, 1, 0.00, 20.00, 0.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (2, 2, 1, 1, 150.00, 30.00, 10.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (3, 2, 1, 1, 500.00, 65.00, 5.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (4, 3, 1, 1, 0.00, 0.00, 15.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (5, 3, 1, 1, 2500.00, 375.00, 10.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (6, 3, 1, 1, 5000.00, 625.00, 5.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (7, 3, 1, 1, 10000.00, 875.00, 1.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (8, 3, 1, 1, 200000.00, 2775.00, 0.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (9, 4, 1, 1, 0.00, 0.00, 15.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (10, 4, 1, 1, 2500.00, 375.00, 10.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (11, 4, 1, 1, 5000.00, 625.00, 5.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (12, 4, 1, 1, 10000.00, 875.00, 1.0000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
INSERT INTO public.dunning_law_tier VALUES (13, 4, 1, 1, 200000.00, 2775.00, 0.5000, '2026-11-27 23:50:46.18615', '2026-11-27 23:50:46.18615');
SELECT pg_catalog.setval('public.dunning_absence_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_activate_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_charge_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_checkup_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_checkup_line_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_collector_rule_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_communication_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_communication_line_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_confirm_posting_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_event_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_import_column_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_import_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_import_line_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_provider_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_report_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_session_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_credit_usage_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_debtor_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_hold_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_interest_import_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_interest_kind_id_seq', 7, true);
SELECT pg_catalog.setval('public.dunning_interest_rate_id_seq', 55, true);
SELECT pg_catalog.setval('public.dunning_lateness_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_law_id_seq', 11, true);
SELECT pg_catalog.setval('public.dunning_law_tier_id_seq', 13, true);
SELECT pg_catalog.setval('public.dunning_letter_batch_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_level_id_seq', 13, true);
SELECT pg_catalog.setval('public.dunning_policy_id_seq', 4, true);
SELECT pg_catalog.setval('public.dunning_preview_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_preview_left_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_preview_line_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_risk_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_run_count_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_run_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_segment_id_seq', 5, true);
SELECT pg_catalog.setval('public.dunning_send_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_send_line_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_step_change_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_term_change_id_seq', 1, false);
SELECT pg_catalog.setval('public.dunning_waive_id_seq', 1, false);
ALTER TABLE ONLY public.dunning_absence
    ADD CONSTRAINT dunning_absence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_activate
    ADD CONSTRAINT dunning_activate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_charge_dunning_waive_rel
    ADD CONSTRAINT dunning_charge_dunning_waive_rel_pkey PRIMARY KEY (dunning_waive_id, dunning_charge_id);
ALTER TABLE ONLY public.dunning_charge
    ADD CONSTRAINT dunning_charge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_checkup_line
    ADD CONSTRAINT dunning_checkup_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_checkup
    ADD CONSTRAINT dunning_checkup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_collector_rule_dunning_segment_rel
    ADD CONSTRAINT dunning_collector_rule_dunning_segment_rel_pkey PRIMARY KEY (dunning_collector_rule_id, dunning_segment_id);
ALTER TABLE ONLY public.dunning_collector_rule
    ADD CONSTRAINT dunning_collector_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_collector_rule_res_country_rel
    ADD CONSTRAINT dunning_collector_rule_res_country_rel_pkey PRIMARY KEY (dunning_collector_rule_id, res_country_id);
ALTER TABLE ONLY public.dunning_collector_rule_salesperson_rel
    ADD CONSTRAINT dunning_collector_rule_salesperson_rel_pkey PRIMARY KEY (dunning_collector_rule_id, res_users_id);
ALTER TABLE ONLY public.dunning_communication_dunning_confirm_posting_rel
    ADD CONSTRAINT dunning_communication_dunning_confirm_posting_rel_pkey PRIMARY KEY (dunning_confirm_posting_id, dunning_communication_id);
ALTER TABLE ONLY public.dunning_communication_line
    ADD CONSTRAINT dunning_communication_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_communication
    ADD CONSTRAINT dunning_communication_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_confirm_posting
    ADD CONSTRAINT dunning_confirm_posting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_event
    ADD CONSTRAINT dunning_credit_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_import_column
    ADD CONSTRAINT dunning_credit_import_column_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_import_line
    ADD CONSTRAINT dunning_credit_import_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_import
    ADD CONSTRAINT dunning_credit_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_provider
    ADD CONSTRAINT dunning_credit_provider_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_provider_res_country_rel
    ADD CONSTRAINT dunning_credit_provider_res_country_rel_pkey PRIMARY KEY (dunning_credit_provider_id, res_country_id);
ALTER TABLE ONLY public.dunning_credit_report
    ADD CONSTRAINT dunning_credit_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_session
    ADD CONSTRAINT dunning_credit_session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_credit_usage
    ADD CONSTRAINT dunning_credit_usage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_debtor_dunning_step_change_rel
    ADD CONSTRAINT dunning_debtor_dunning_step_change_rel_pkey PRIMARY KEY (dunning_step_change_id, dunning_debtor_id);
ALTER TABLE ONLY public.dunning_debtor
    ADD CONSTRAINT dunning_debtor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_hold
    ADD CONSTRAINT dunning_hold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_interest_import
    ADD CONSTRAINT dunning_interest_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_interest_kind
    ADD CONSTRAINT dunning_interest_kind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_interest_rate
    ADD CONSTRAINT dunning_interest_rate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_lateness
    ADD CONSTRAINT dunning_lateness_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_law
    ADD CONSTRAINT dunning_law_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_law_tier
    ADD CONSTRAINT dunning_law_tier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_letter_batch
    ADD CONSTRAINT dunning_letter_batch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_level
    ADD CONSTRAINT dunning_level_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_policy
    ADD CONSTRAINT dunning_policy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_preview_left
    ADD CONSTRAINT dunning_preview_left_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_preview_line
    ADD CONSTRAINT dunning_preview_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_preview
    ADD CONSTRAINT dunning_preview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_risk_history
    ADD CONSTRAINT dunning_risk_history_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_run_count
    ADD CONSTRAINT dunning_run_count_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_run
    ADD CONSTRAINT dunning_run_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_segment
    ADD CONSTRAINT dunning_segment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_segment_res_country_rel
    ADD CONSTRAINT dunning_segment_res_country_rel_pkey PRIMARY KEY (dunning_segment_id, res_country_id);
ALTER TABLE ONLY public.dunning_segment_res_partner_category_rel
    ADD CONSTRAINT dunning_segment_res_partner_category_rel_pkey PRIMARY KEY (dunning_segment_id, res_partner_category_id);
ALTER TABLE ONLY public.dunning_send_line
    ADD CONSTRAINT dunning_send_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_send
    ADD CONSTRAINT dunning_send_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_step_change
    ADD CONSTRAINT dunning_step_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_term_change
    ADD CONSTRAINT dunning_term_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_waive
    ADD CONSTRAINT dunning_waive_pkey PRIMARY KEY (id);
INSERT INTO res_country_group (id, name) VALUES (11, '{"de_DE": "Euroraum (Gesetz zum Zahlungsverzug)", "en_US": "Euro Area (law on late payment)", "fr_BE": "Zone euro (loi sur le retard de paiement)", "fr_FR": "Zone euro (loi sur le retard de paiement)", "nl_BE": "Eurozone (wet op betalingsachterstand)", "nl_NL": "Eurozone (wet op betalingsachterstand)"}');
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (12, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (20, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (55, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (57, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (64, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (68, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (70, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (75, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (88, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (97, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (101, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (109, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (132, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (133, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (134, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (152, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (165, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (183, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (199, 11);
INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (201, 11);
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'policy_friendly', 'dunning.policy', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_friendly_0', 'dunning.level', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_friendly_1', 'dunning.level', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_friendly_2', 'dunning.level', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_friendly_8', 'dunning.level', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'policy_strict', 'dunning.policy', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_strict_1', 'dunning.level', 5, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_strict_2', 'dunning.level', 6, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_strict_8', 'dunning.level', 7, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'policy_consumers', 'dunning.policy', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_consumers_1', 'dunning.level', 8, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_consumers_2', 'dunning.level', 9, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_consumers_8', 'dunning.level', 10, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'policy_businesses', 'dunning.policy', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_businesses_1', 'dunning.level', 11, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_businesses_2', 'dunning.level', 12, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'level_businesses_8', 'dunning.level', 13, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_ecb', 'dunning.interest.kind', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_be_business', 'dunning.interest.kind', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_be_legal', 'dunning.interest.kind', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_nl_legal', 'dunning.interest.kind', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_de_base', 'dunning.interest.kind', 5, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_fr_legal', 'dunning.interest.kind', 6, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_kind_lu_legal', 'dunning.interest.kind', 7, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2016_1', 'dunning.interest.rate', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2016_2', 'dunning.interest.rate', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2023_1', 'dunning.interest.rate', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2023_2', 'dunning.interest.rate', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2024_1', 'dunning.interest.rate', 5, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2024_2', 'dunning.interest.rate', 6, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2025_1', 'dunning.interest.rate', 7, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2025_2', 'dunning.interest.rate', 8, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2026_1', 'dunning.interest.rate', 9, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_ecb_2026_2', 'dunning.interest.rate', 10, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2016_1', 'dunning.interest.rate', 11, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2016_2', 'dunning.interest.rate', 12, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2023_1', 'dunning.interest.rate', 13, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2023_2', 'dunning.interest.rate', 14, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2024_1', 'dunning.interest.rate', 15, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2024_2', 'dunning.interest.rate', 16, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2025_1', 'dunning.interest.rate', 17, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2025_2', 'dunning.interest.rate', 18, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2026_1', 'dunning.interest.rate', 19, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_business_2026_2', 'dunning.interest.rate', 20, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2019_1', 'dunning.interest.rate', 21, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2020_1', 'dunning.interest.rate', 22, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2021_1', 'dunning.interest.rate', 23, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2022_1', 'dunning.interest.rate', 24, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2023_1', 'dunning.interest.rate', 25, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2024_1', 'dunning.interest.rate', 26, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2025_1', 'dunning.interest.rate', 27, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_be_legal_2026_1', 'dunning.interest.rate', 28, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2016_1', 'dunning.interest.rate', 29, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2023_1', 'dunning.interest.rate', 30, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2023_2', 'dunning.interest.rate', 31, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2024_1', 'dunning.interest.rate', 32, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2025_1', 'dunning.interest.rate', 33, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2026_1', 'dunning.interest.rate', 34, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_nl_legal_2026_2', 'dunning.interest.rate', 35, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2016_1', 'dunning.interest.rate', 36, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2016_2', 'dunning.interest.rate', 37, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2023_1', 'dunning.interest.rate', 38, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2023_2', 'dunning.interest.rate', 39, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2024_1', 'dunning.interest.rate', 40, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2024_2', 'dunning.interest.rate', 41, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2025_1', 'dunning.interest.rate', 42, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2025_2', 'dunning.interest.rate', 43, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2026_1', 'dunning.interest.rate', 44, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_de_base_2026_2', 'dunning.interest.rate', 45, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2022_1', 'dunning.interest.rate', 46, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2022_2', 'dunning.interest.rate', 47, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2023_1', 'dunning.interest.rate', 48, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2023_2', 'dunning.interest.rate', 49, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2024_1', 'dunning.interest.rate', 50, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2024_2', 'dunning.interest.rate', 51, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2025_1', 'dunning.interest.rate', 52, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2025_2', 'dunning.interest.rate', 53, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_fr_legal_2026_1', 'dunning.interest.rate', 54, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'interest_rate_lu_legal_2024_1', 'dunning.interest.rate', 55, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'country_group_euro', 'res.country.group', 11, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_be_business', 'dunning.law', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_be_consumer', 'dunning.law', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_be_consumer_tier_1', 'dunning.law.tier', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_be_consumer_tier_2', 'dunning.law.tier', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_be_consumer_tier_3', 'dunning.law.tier', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_business', 'dunning.law', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_business_tier_1', 'dunning.law.tier', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_business_tier_2', 'dunning.law.tier', 5, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_business_tier_3', 'dunning.law.tier', 6, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_business_tier_4', 'dunning.law.tier', 7, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_business_tier_5', 'dunning.law.tier', 8, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_consumer', 'dunning.law', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_consumer_tier_1', 'dunning.law.tier', 9, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_consumer_tier_2', 'dunning.law.tier', 10, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_consumer_tier_3', 'dunning.law.tier', 11, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_consumer_tier_4', 'dunning.law.tier', 12, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_nl_consumer_tier_5', 'dunning.law.tier', 13, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_de_business', 'dunning.law', 5, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_de_consumer', 'dunning.law', 6, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_fr_business', 'dunning.law', 7, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_fr_consumer', 'dunning.law', 8, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_lu_business', 'dunning.law', 9, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_lu_consumer', 'dunning.law', 10, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'law_eu_business', 'dunning.law', 11, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'segment_new', 'dunning.segment', 1, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'segment_trusted', 'dunning.segment', 2, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'segment_standard', 'dunning.segment', 3, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'segment_watch', 'dunning.segment', 4, 't');
INSERT INTO ir_model_data (module, name, model, res_id, noupdate) VALUES ('debto_dunning', 'segment_critical', 'dunning.segment', 5, 't');
SELECT setval(pg_get_serial_sequence('dunning_level', 'id'), COALESCE((SELECT max(id) FROM dunning_level), 1));
SELECT setval(pg_get_serial_sequence('dunning_charge', 'id'), COALESCE((SELECT max(id) FROM dunning_charge), 1));
SELECT setval(pg_get_serial_sequence('dunning_absence', 'id'), COALESCE((SELECT max(id) FROM dunning_absence), 1));
SELECT setval(pg_get_serial_sequence('dunning_policy', 'id'), COALESCE((SELECT max(id) FROM dunning_policy), 1));
SELECT setval(pg_get_serial_sequence('dunning_segment', 'id'), COALESCE((SELECT max(id) FROM dunning_segment), 1));
SELECT setval(pg_get_serial_sequence('dunning_collector_rule', 'id'), COALESCE((SELECT max(id) FROM dunning_collector_rule), 1));
SELECT setval(pg_get_serial_sequence('dunning_debtor', 'id'), COALESCE((SELECT max(id) FROM dunning_debtor), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_report', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_report), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_provider', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_provider), 1));
SELECT setval(pg_get_serial_sequence('dunning_run', 'id'), COALESCE((SELECT max(id) FROM dunning_run), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_session', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_session), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_usage', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_usage), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_event', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_event), 1));
SELECT setval(pg_get_serial_sequence('dunning_lateness', 'id'), COALESCE((SELECT max(id) FROM dunning_lateness), 1));
SELECT setval(pg_get_serial_sequence('dunning_risk_history', 'id'), COALESCE((SELECT max(id) FROM dunning_risk_history), 1));
SELECT setval(pg_get_serial_sequence('dunning_term_change', 'id'), COALESCE((SELECT max(id) FROM dunning_term_change), 1));
SELECT setval(pg_get_serial_sequence('dunning_hold', 'id'), COALESCE((SELECT max(id) FROM dunning_hold), 1));
SELECT setval(pg_get_serial_sequence('dunning_run_count', 'id'), COALESCE((SELECT max(id) FROM dunning_run_count), 1));
SELECT setval(pg_get_serial_sequence('dunning_communication', 'id'), COALESCE((SELECT max(id) FROM dunning_communication), 1));
SELECT setval(pg_get_serial_sequence('dunning_law', 'id'), COALESCE((SELECT max(id) FROM dunning_law), 1));
SELECT setval(pg_get_serial_sequence('dunning_letter_batch', 'id'), COALESCE((SELECT max(id) FROM dunning_letter_batch), 1));
SELECT setval(pg_get_serial_sequence('dunning_communication_line', 'id'), COALESCE((SELECT max(id) FROM dunning_communication_line), 1));
SELECT setval(pg_get_serial_sequence('dunning_interest_kind', 'id'), COALESCE((SELECT max(id) FROM dunning_interest_kind), 1));
SELECT setval(pg_get_serial_sequence('dunning_interest_rate', 'id'), COALESCE((SELECT max(id) FROM dunning_interest_rate), 1));
SELECT setval(pg_get_serial_sequence('dunning_law_tier', 'id'), COALESCE((SELECT max(id) FROM dunning_law_tier), 1));
SELECT setval(pg_get_serial_sequence('dunning_activate', 'id'), COALESCE((SELECT max(id) FROM dunning_activate), 1));
SELECT setval(pg_get_serial_sequence('dunning_checkup', 'id'), COALESCE((SELECT max(id) FROM dunning_checkup), 1));
SELECT setval(pg_get_serial_sequence('dunning_checkup_line', 'id'), COALESCE((SELECT max(id) FROM dunning_checkup_line), 1));
SELECT setval(pg_get_serial_sequence('dunning_confirm_posting', 'id'), COALESCE((SELECT max(id) FROM dunning_confirm_posting), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_import', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_import), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_import_column', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_import_column), 1));
SELECT setval(pg_get_serial_sequence('dunning_credit_import_line', 'id'), COALESCE((SELECT max(id) FROM dunning_credit_import_line), 1));
SELECT setval(pg_get_serial_sequence('dunning_interest_import', 'id'), COALESCE((SELECT max(id) FROM dunning_interest_import), 1));
SELECT setval(pg_get_serial_sequence('dunning_preview', 'id'), COALESCE((SELECT max(id) FROM dunning_preview), 1));
SELECT setval(pg_get_serial_sequence('dunning_preview_line', 'id'), COALESCE((SELECT max(id) FROM dunning_preview_line), 1));
SELECT setval(pg_get_serial_sequence('dunning_preview_left', 'id'), COALESCE((SELECT max(id) FROM dunning_preview_left), 1));
SELECT setval(pg_get_serial_sequence('dunning_send', 'id'), COALESCE((SELECT max(id) FROM dunning_send), 1));
SELECT setval(pg_get_serial_sequence('dunning_send_line', 'id'), COALESCE((SELECT max(id) FROM dunning_send_line), 1));
SELECT setval(pg_get_serial_sequence('dunning_step_change', 'id'), COALESCE((SELECT max(id) FROM dunning_step_change), 1));
SELECT setval(pg_get_serial_sequence('dunning_waive', 'id'), COALESCE((SELECT max(id) FROM dunning_waive), 1));
UPDATE ir_module_module SET state = 'installed', latest_version = '19.0.1.0.0' WHERE name = 'debto_dunning';

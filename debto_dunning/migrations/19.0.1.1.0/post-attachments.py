"""Files of messages are recorded, invoices keep their own rights, and the log shows no key of a customer."""


def migrate(cr, version):
    cr.execute("""
        INSERT INTO dunning_communication_attachment_rel (communication_id, attachment_id)
        SELECT communication.id, attachment.id
          FROM ir_attachment attachment
          JOIN dunning_communication communication
            ON communication.id = attachment.res_id AND communication.is_reminder
         WHERE attachment.res_model = 'dunning.communication' AND attachment.mimetype = 'application/pdf'
        ON CONFLICT DO NOTHING
    """)
    # the PDF of an invoice bore its number as its name
    cr.execute("""
        UPDATE ir_attachment attachment
           SET res_model = 'account.move', res_id = line.move_id, res_field = 'dunning_pdf_file'
          FROM dunning_communication_line line JOIN account_move move ON move.id = line.move_id
         WHERE attachment.res_model = 'dunning.communication' AND attachment.res_id = line.communication_id
           AND attachment.mimetype = 'application/pdf' AND attachment.name = replace(move.name, '/', '-') || '.pdf'
    """)
    cr.execute(r"""
        UPDATE dunning_communication
           SET body = regexp_replace(body, '(/my/reminders/\d+)\?access_token=[0-9a-f-]{36}', '\1', 'g')
         WHERE body LIKE '%/my/reminders/%access_token=%'
    """)

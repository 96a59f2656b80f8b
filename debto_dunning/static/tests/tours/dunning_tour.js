import { registry } from "@web/core/registry";

const menu = (xmlid) => [
    {
        content: "Open the customers' menu",
        trigger: "[data-menu-xmlid='account.menu_finance_receivables']",
        run: "click",
    },
    {
        content: `Open ${xmlid}`,
        trigger: `[data-menu-xmlid='${xmlid}']`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("dunning_tour", {
    steps: () => [
        {
            content: "A policy shows its steps",
            trigger: ".o_data_row:contains('Test policy') td[name=name]",
            run: "click",
        },
        {
            content: "A step shows its words",
            trigger: "[name=level_ids] .o_data_row:contains('Step 2') td[name=name]",
            run: "click",
        },
        {
            content: "The subject of the step is there",
            trigger: ".modal [name=subject] input:value('Pay {total}')",
        },
        {
            content: "Close the step",
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "No dialog is left",
            trigger: "body:not(:has(.modal))",
        },
        ...menu("debto_dunning.menu_dunning_debtors"),
        {
            content: "The customer is overdue",
            trigger: ".o_list_view .o_data_row:contains('Bakkerij Peeters') td[name=partner_id]",
            run: "click",
        },
        {
            content: "The debtor shows what is overdue",
            trigger: ".o_form_view [name=overdue_amount]:contains('100.00')",
        },
        {
            content: "What is planned stands on its own tab",
            trigger: ".o_notebook .nav-link:contains('Sent and Planned')",
            run: "click",
        },
        {
            content: "The next step is planned",
            trigger: "[name=timeline]:contains('Step 1')",
        },
        ...menu("debto_dunning.menu_dunning_preview"),
        {
            content: "The preview says what would go out",
            trigger: ".o_form_view [name=line_ids] .o_data_row:contains('Bakkerij Peeters')",
        },
        ...menu("account.menu_action_move_out_invoice_type"),
        {
            content: "Open the invoice",
            trigger: ".o_list_view .o_data_row:contains('Bakkerij Peeters') td[name=name]",
            run: "click",
        },
        {
            content: "Open the tab about dunning",
            trigger: ".o_notebook .nav-link:contains('Dunning')",
            run: "click",
        },
        {
            content: "No reminder was sent yet",
            trigger: "[name=dunning_next_level_id]:contains('Step 1')",
        },
        {
            content: "Send a reminder now",
            trigger: "button[name=action_dunning_send]",
            run: "click",
        },
        {
            content: "Write a word of one's own",
            trigger: ".modal [name=opening] textarea",
            run: "edit As agreed on the telephone",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "What was said is shown",
            trigger: ".o_form_view [name=body]:contains('As agreed on the telephone')",
        },
    ],
});

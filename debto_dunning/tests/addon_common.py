"""Model classes as another addon would bring them, for the tests of one class."""

from odoo.orm.model_classes import add_to_registry


class AddonCommon:
    """Mixed into a TransactionCase, before its base."""

    @classmethod
    def extend(cls, *definitions):
        """Add definitions of models to the registry until the class ends.

        :param definitions: classes with ``_module = None``, so that no addon keeps them; they only extend models
        """
        names = [definition._name for definition in definitions]
        cls.addClassCleanup(lambda: cls.registry._setup_models__(cls.cr, names))
        for definition in definitions:
            model = cls.registry[definition._name]
            cls.addClassCleanup(setattr, model, "_base_classes__", model._base_classes__)
            add_to_registry(cls.registry, definition)
        cls.registry._setup_models__(cls.cr, names)

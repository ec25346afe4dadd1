"""Fields of a wizard page (填报项部件): one widget class per kind, made by `factory.field_widget`."""

"""One file per form (表单目录); `forms.registry` knows them all."""

"""What is wrong with a form, as plain data for a phone."""


def errors_in_order(form):
    """In the order of the questions: ``[{field, code, message}]``."""
    found = form.errors.get_json_data()
    order = [*form.fields, "__all__"]
    return [
        {"field": name, "code": error["code"], "message": error["message"]}
        for name in sorted(found, key=order.index)
        for error in found[name]
    ]

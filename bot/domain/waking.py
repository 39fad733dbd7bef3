"""When people may be disturbed with something that can wait: not at night."""

from datetime import UTC, datetime, timedelta, tzinfo

_MORNING = 9
_EVENING = 21


def not_at_night(moment: datetime, zone: tzinfo) -> datetime:
    """Return `moment`, or nine o'clock of the next morning in `zone` when it lies from 21:00 to 9:00 (UTC)."""
    local = moment.astimezone(zone)
    if _MORNING <= local.hour < _EVENING:
        return moment.astimezone(UTC)
    day = local.date() + timedelta(days=local.hour >= _EVENING)
    return datetime(day.year, day.month, day.day, _MORNING, tzinfo=zone).astimezone(UTC)

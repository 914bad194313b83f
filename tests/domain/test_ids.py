"""Ids are random UUIDs of version 4, and all different."""

from uuid import RFC_4122, UUID

from fwanalysis.domain.ids import new_id


def test_ids_are_random_uuids_of_version_4_in_their_usual_form() -> None:
    made = [new_id() for _ in range(500)]
    assert len(set(made)) == 500
    for text in made:
        parsed = UUID(text)
        assert str(parsed) == text
        assert (parsed.version, parsed.variant) == (4, RFC_4122)

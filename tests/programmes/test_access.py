"""Who may do what, and what a page answers to whom."""

from programmes.access import Permission, standing_of
from programmes.roles import Role
from tests.world import World


class TestStanding:
    def test_a_member_may_see_gatherings_and_not_record_them(self, world: World) -> None:
        standing = standing_of(world.amara, world.harbour)
        assert standing.may(Permission.SEE_GATHERINGS)
        assert not standing.may(Permission.RECORD_GATHERING)

    def test_a_facilitator_may_record_gatherings(self, world: World) -> None:
        assert standing_of(world.sam, world.harbour).may(Permission.RECORD_GATHERING)

    def test_a_commissioner_sees_no_gatherings(self, world: World) -> None:
        standing = standing_of(world.grace, world.harbour)
        assert not standing.may(Permission.SEE_GATHERINGS)
        assert standing.may(Permission.SEE_PROGRESS)

    def test_a_neighbour_is_a_stranger(self, world: World) -> None:
        assert standing_of(world.nadia, world.harbour).is_stranger
        assert not standing_of(world.sam, world.harbour).is_stranger

    def test_a_paused_place_can_be_read_and_not_changed(self, world: World) -> None:
        world.harbour.status = "paused"
        standing = standing_of(world.sam, world.harbour)
        assert standing.may(Permission.SEE_GATHERINGS)
        assert not standing.may(Permission.RECORD_GATHERING)
        assert standing.may(Permission.REST_SITE)

    def test_a_team_leader_sees_their_own_group_only(self, world: World) -> None:
        standing = standing_of(world.leo, world.harbour)
        assert standing.may(Permission.SEE_GROUP, world.team)
        assert not standing.may(Permission.SEE_GROUP, world.board)

    def test_two_hats_are_worn_one_at_a_time(self, world: World) -> None:
        standing = standing_of(world.two_hats, world.harbour)
        assert standing.hats(Permission.SEE_PROGRESS) == [Role.COMMISSIONER]
        assert standing.hats(Permission.SEE_GATHERINGS) == [Role.MEMBER]
        assert standing.hats(Permission.SEE_WHY) == [Role.MEMBER]
        assert standing_of(world.grace, world.harbour).hats(Permission.SEE_WHY) == [Role.COMMISSIONER]

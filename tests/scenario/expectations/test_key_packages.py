"""How many KeyPackages are left."""

from tests.scenario.small_scenarios import fails, passes


async def test_each_kind_is_counted_by_itself() -> None:
    await passes("""
  - connect: {from: alice, to: bob}
    expect:
      - key_packages: {of: bob, remaining: 2, connection: true}
      - key_packages: {of: bob, remaining: 3}
""")


async def test_another_number_than_expected_is_said() -> None:
    mismatch = await fails("  - expect: {key_packages: {of: bob, remaining: 4}}\n")
    assert (mismatch.expected, mismatch.happened) == ("4 KeyPackages of bob.phone left", "there are 3")

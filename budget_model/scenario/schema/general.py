"""Assumptions that hold for the whole program."""

from __future__ import annotations

from budget_model.scenario.assumption import NUMBER_OF_THE_MONTH, Described, NumberAssumption, quantity, share


class General(Described):
    """Assumptions that hold for the whole program."""

    cost_of_living_rate: NumberAssumption = share("Cost-of-living increase of county salaries, each July", "share a year", default=0.0)
    price_growth_rate: NumberAssumption = share("Price growth of services, treatment and housing, each July", "share a year", default=0.0)
    price_growth_month: NumberAssumption = quantity(
        "Month in which prices grow, in place of July, 1 for January", NUMBER_OF_THE_MONTH, default=7, at_least=1, at_most=12, whole=True
    )
    referral_level: NumberAssumption = quantity("Referrals that come, of those planned", "share", default=1.0, at_most=5.0)
    officer_referrals_per_100_homeless_people: NumberAssumption = quantity(
        "Officers' referrals for each 100 homeless people of a site", "referrals a month", default=0, at_most=100
    )
    arrest_share_of_officer_referrals: NumberAssumption = share("Of those, referrals in place of a booking", default=0.0)
    pre_booking_enrollment_share: NumberAssumption = share("Pre-booking referrals that become enrollments", default=1.0)
    social_contact_enrollment_share: NumberAssumption = share("Social contact referrals that become enrollments", default=1.0)
    community_enrollment_share: NumberAssumption = share("Community referrals that become enrollments", default=1.0)
    pre_booking_homeless_share: NumberAssumption = share("Pre-booking entrants who are homeless", default=0.0)
    social_contact_homeless_share: NumberAssumption = share("Social contact entrants who are homeless", default=0.0)
    community_homeless_share: NumberAssumption = share("Community entrants who are homeless", default=0.0)
    substance_use_share: NumberAssumption = share("Entrants with a substance use disorder", default=0.0)
    medi_cal_eligible_share: NumberAssumption = share("Participants with Medi-Cal", default=0.0)
    newly_eligible_share: NumberAssumption = share("Of those, adults newly eligible since 2014", default=0.0)
    claim_success_share: NumberAssumption = share("Drug Medi-Cal claims that are paid", "share of claims", default=1.0)
    medi_cal_activation_months: NumberAssumption = quantity(
        "Months from enrollment until Medi-Cal is active", "months", default=0, at_most=24, whole=True
    )
    longest_wait_days: NumberAssumption = quantity(
        "Wait counted where no place opens, and longest wait counted", "days", default=365, at_most=3_650
    )
    most_participants_per_case_manager: NumberAssumption = quantity(
        "Active participants that a case manager may carry at most", "participants", default=25, at_least=1, at_most=500
    )
    provider_loss_share: NumberAssumption = share("Part of its cost that a provider may lose in a year before it is said", default=0.1)
    months_of_effect: NumberAssumption = quantity(
        "Months after enrollment for which the effect on outcomes is counted", "months", default=12, at_least=1, at_most=120, whole=True
    )
    capital_asset_threshold: NumberAssumption = quantity(
        "Price above which a thing that lasts is a capital asset", "dollars each", default=5_000, at_most=1_000_000
    )
    county_baseline: NumberAssumption = quantity(
        "The County's own spending before the program, which grants may not replace", "dollars a year", default=0, at_most=10_000_000_000
    )
    adopted_gross_appropriation: NumberAssumption = quantity(
        "Adopted budget of the year before: gross appropriation", "dollars", default=0, at_most=100_000_000_000
    )
    adopted_intrafund_transfers: NumberAssumption = quantity(
        "Adopted budget of the year before: intrafund transfers", "dollars", default=0, at_most=100_000_000_000
    )
    adopted_revenue: NumberAssumption = quantity(
        "Adopted budget of the year before: revenue", "dollars", default=0, at_most=100_000_000_000
    )
    adopted_positions: NumberAssumption = quantity(
        "Adopted budget of the year before: positions", "positions", default=0, at_most=1_000_000
    )

/* The pass over the participants' lines, fused by hand for eight draws at a time: what the generated pass is held against.
   Only `benchmarks/simulation.py` compiles it; it is no part of the product. The lines are those of lines/participants.py. */
typedef double v __attribute__((vector_size(64)));
typedef long long flags __attribute__((vector_size(64)));
static inline v choose(flags yes, v one, v other) { return yes ? one : other; }
static inline v least(v one, v other) { return choose(one < other, one, other); }

/* given: the first vector of each input, in the order of GIVEN; put: that of each row that is kept, in the order of KEPT. */
extern "C" void pass(v *__restrict S, const long long *__restrict given, const long long *__restrict put, long long sites, long long months,
                     long long times) {
  const v none = {0}, one = none + 1.0;
  for (long long time = 0; time < times; time++)
    for (long long site = 0; site < sites; site++) {
      const v pre = S[given[0] + site], social = S[given[1] + site], community = S[given[2] + site], ramp = S[given[3] + site];
      const v newly = S[given[4] + site], places = S[given[5] + site], leave = S[given[6] + site], give_up = S[given[7] + site];
      const v inactive = S[given[8] + site], level = S[given[9]];
      const v pre_share = S[given[10]], social_share = S[given[11]], community_share = S[given[12]];
      const v pre_home = S[given[13]], social_home = S[given[14]], community_home = S[given[15]];
      v eligible = S[given[16] + site], active = S[given[17] + site], waiting = none, open_months = none;
      const v *open_sites = S + given[18] + site * months;
      v *slots = S + put[0] + site * months, *exits = S + put[1] + site * months, *enrollments = S + put[2] + site * months;
      v *homeless = S + put[3] + site * months, *participants = S + put[4] + site * months, *engaged = S + put[5] + site * months;
      for (long long month = 0; month < months; month++) {
        const v open = open_sites[month];
        open_months = open_months + open;
        const v share = open * choose(open_months >= ramp, one, choose(ramp == none, none, open_months / ramp));
        const v by_arrest = pre * level * share, by_contact = social * level * share, by_community = community * level * share;
        const v want = by_arrest * pre_share + by_contact * social_share + by_community * community_share;
        const v home = by_arrest * pre_share * pre_home + by_contact * social_share * social_home
                       + by_community * community_share * community_home;
        const v ready = least(want, eligible + newly);
        eligible = eligible + newly - ready;
        slots[month] = places * open;
        exits[month] = active * leave;
        const v left = slots[month] - active + exits[month];
        const v free = choose(left < none + 0.001, none, left);
        const v stay = waiting * (1.0 - give_up) + ready;
        enrollments[month] = least(stay, free);
        waiting = stay - enrollments[month];
        homeless[month] = enrollments[month] * choose(want == none, none, home / want);
        active = active - exits[month] + enrollments[month];
        participants[month] = active;
        engaged[month] = active * (1.0 - inactive);
      }
    }
}

package io.hardmine.mining.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The bounded set of hard examples, which Felzenszwalb et al. call the cache. Immutable; each round creates a new set.
 *
 * @param members hardest first by current score, equal ones in the order in which they were found
 * @param retired places of members that were learned: they never return
 */
record HardExampleSet(List<HardExample> members, List<FalsePositive> retired) {
    /** A member leaves for good after this number of consecutive rounds in which it was easy. */
    private static final int PATIENCE = 2;

    /** A set without members. */
    static final HardExampleSet EMPTY = new HardExampleSet(List.of(), List.of());

    /** Copies the lists. */
    HardExampleSet {
        members = List.copyOf(members);
        retired = List.copyOf(retired);
    }

    /**
     * Bounds.
     *
     * @param entries largest number of members
     * @param bytes largest size of all members' pixels, in bytes
     * @param easy a member with a lower score is easy; after two consecutive easy rounds it leaves for good
     */
    record Bounds(int entries, long bytes, double easy) {}

    /**
     * The result of a round's offers.
     *
     * @param set after the round
     * @param added number of offers that are members now
     * @param duplicates number of offers that show nearly the same as a member or a harder offer
     * @param evicted number of members that left because harder ones came
     * @param learnt number of members that left for good because they were easy
     */
    record Update(HardExampleSet set, int added, int duplicates, int evicted, int learnt) {}

    /** Whether a place is that of a member or of a retired member, so that it is not new. */
    boolean knows(FalsePositive place) {
        return members.stream().anyMatch(m -> place.isAt(m.picture(), m.region()))
                || retired.stream().anyMatch(place::isSamePlace);
    }

    /** The set with new scores, given in the members' order. Members that have been easy for too long are retired. */
    private HardExampleSet rescored(double[] scores, double easy) {
        List<HardExample> kept = new ArrayList<>();
        List<FalsePositive> gone = new ArrayList<>(retired);
        for (int i = 0; i < members.size(); i++) {
            HardExample member = members.get(i).scored(scores[i], scores[i] < easy);
            if (member.easyRounds() < PATIENCE) {
                kept.add(member);
            } else {
                gone.add(member.place());
            }
        }
        return new HardExampleSet(kept, gone);
    }

    /**
     * The set after a round: the hardest, by current score, of the members and the offers.
     *
     * @param scores current score of each member
     * @param offers found examples that are new to the set
     */
    Update renewed(double[] scores, List<HardExample> offers, Bounds bounds) {
        HardExampleSet present = rescored(scores, bounds.easy());
        List<HardExample> all = new ArrayList<>(present.members());
        List<HardExample> accepted = new ArrayList<>();
        int duplicates = 0;
        for (HardExample offer : hardestFirst(offers)) {
            if (present.knows(offer.place())) {
                continue;
            }
            boolean duplicate = all.stream()
                    .anyMatch(m -> offer.place().isAt(m.picture(), m.region())
                            || offer.thumbnail().isLike(m.thumbnail()));
            if (duplicate) {
                duplicates++;
            } else {
                accepted.add(offer);
                all.add(offer);
            }
        }
        List<HardExample> kept = new ArrayList<>();
        long bytes = 0;
        for (HardExample example : hardestFirst(all)) {
            if (kept.size() == bounds.entries() || bytes + example.bytes() > bounds.bytes()) {
                break;
            }
            kept.add(example);
            bytes += example.bytes();
        }
        int added = (int) accepted.stream().filter(kept::contains).count();
        int evicted = present.members().size() - (kept.size() - added);
        int learnt = members.size() - present.members().size();
        return new Update(new HardExampleSet(kept, present.retired()), added, duplicates, evicted, learnt);
    }

    private static List<HardExample> hardestFirst(List<HardExample> examples) {
        return examples.stream()
                .sorted(Comparator.comparingDouble(HardExample::scoreNow).reversed())
                .toList();
    }
}

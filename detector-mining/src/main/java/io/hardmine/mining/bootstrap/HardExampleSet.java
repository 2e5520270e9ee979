package io.hardmine.mining.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The bounded set of hard examples: Felzenszwalb's cache. Immutable; each round makes the next one.
 *
 * @param members hardest first by present score, equal ones in the order in which they were found
 * @param retired places of members that were learnt: they never return
 */
record HardExampleSet(List<HardExample> members, List<FalsePositive> retired) {
    /** Rounds on end under the lower threshold after which a member leaves for good. */
    private static final int PATIENCE = 2;

    /** Nothing. */
    static final HardExampleSet EMPTY = new HardExampleSet(List.of(), List.of());

    /** Copies the lists. */
    HardExampleSet {
        members = List.copyOf(members);
        retired = List.copyOf(retired);
    }

    /**
     * Bounds.
     *
     * @param entries members at most
     * @param bytes of all members' pixels at most
     * @param easy members that score less in two rounds on end leave for good
     */
    record Bounds(int entries, long bytes, double easy) {}

    /**
     * What became of a round's offers.
     *
     * @param set afterwards
     * @param added offers that are members now
     * @param duplicates offers that show nearly the same as a member or a harder offer
     * @param evicted members that left because harder ones came
     * @param learnt members that left for good
     */
    record Update(HardExampleSet set, int added, int duplicates, int evicted, int learnt) {}

    /** Whether a place is a member's or a retired one's: found again, not new. */
    boolean knows(FalsePositive place) {
        return members.stream().anyMatch(m -> place.isAt(m.picture(), m.region()))
                || retired.stream().anyMatch(place::isSamePlace);
    }

    /** The same members with new scores, in the members' order; those easy for long have left. */
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
     * The set after a round: the hardest, by present score, of the members and the offers.
     *
     * @param scores present score of each member
     * @param offers what was found, new to the set
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

using System.Diagnostics;
using Dadbs.Sql.Functions;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// One search of one text. Finds where a match begins and ends with automata, then divides it among the groups; a pattern without
/// back-references never has to undo that, one with them tries division after division. Every character that an automaton passes counts a step.
/// </summary>
internal sealed class RegexMatcher(RegularExpression pattern, SubjectText text, Budget budget)
{
    private readonly int[] _classes = Classify(pattern, text);
    private readonly int _endClass = pattern.Automaton.Classes.Count;
    private readonly bool?[]?[] _ahead = new bool?[]?[pattern.Automaton.Lookarounds.Count];
    private readonly BehindRun?[] _behind = new BehindRun?[pattern.Automaton.Lookarounds.Count];

    // A group n is at 2n and 2n + 1; -1: it took no part.
    private readonly int[] _captures = new int[2 * (pattern.GroupCount + 1)];

    public ReadOnlySpan<int> Captures => _captures;

    /// <summary>Is there a match that begins at or after a place?</summary>
    public bool IsMatch(int from) => pattern.HasBackReferences ? Match(from, withGroups: false) : from <= text.Length && FindEnd(from, out _) >= 0;

    /// <summary>The leftmost match; its places, and with groups theirs, are in <see cref="Captures"/>.</summary>
    public bool Match(int from, bool withGroups)
    {
        Array.Fill(_captures, -1);
        if (from > text.Length)
            return false;
        var close = FindEnd(from, out var cold);
        if (close < 0)
            return false;
        if (pattern.HasBackReferences)
            return MatchVerified(cold, close);
        for (var begin = cold; begin <= close; begin++)
        {
            var end = pattern.PrefersShorter ? Shortest(pattern.Root, begin, begin, text.Length) : Longest(pattern.Root, begin, text.Length);
            if (end < 0)
                continue;
            Capture(0, begin, end);
            if (withGroups && pattern.GroupCount > 0 && !Dissect(pattern.Root, begin, end))
                throw new UnreachableException("an accepted text cannot be divided");
            return true;
        }
        return false;
    }

    /// <summary>Does a lookaround hold at a place? Remembered for the whole search.</summary>
    public bool LookHolds(int number, int position)
    {
        var lookaround = pattern.Automaton.Lookarounds[number];
        if (lookaround.IsBehind)
        {
            var run = _behind[number] ??= new BehindRun(pattern.LazyFor(lookaround.Body, unanchored: true), text.Length);
            return run.Accepts(position, this) != lookaround.IsNegative;
        }
        var known = _ahead[number] ??= new bool?[text.Length + 1];
        var found = known[position] ??= Run(pattern.LazyFor(lookaround.Body, unanchored: false), position, position, text.Length, longest: false) >= 0;
        return found != lookaround.IsNegative;
    }

    private static int[] Classify(RegularExpression pattern, SubjectText text)
    {
        var map = pattern.Automaton.Classes;
        var points = text.Points;
        var classes = new int[points.Length];
        for (var i = 0; i < points.Length; i++)
            classes[i] = map.ClassOf(points[i]);
        return classes;
    }

    private Neighbour Before(int position) => position == 0 ? Neighbour.Edge : pattern.Automaton.Neighbours[_classes[position - 1]];

    private int ClassAt(int position) => position < _classes.Length ? _classes[position] : _endClass;

    private int Longest(Dissection part, int begin, int stop) => Run(pattern.LazyFor(part.Fragment, unanchored: false), begin, begin, stop, longest: true);

    private int Shortest(Dissection part, int begin, int endMin, int endMax) => Run(pattern.LazyFor(part.Fragment, unanchored: false), begin, endMin, endMax, longest: false);

    /// <summary>The last (or first) end in [endMin, endMax] of a match that begins at begin; -1: none.</summary>
    private int Run(LazyAutomaton automaton, int begin, int endMin, int endMax, bool longest)
    {
        var state = automaton.Start(Before(begin));
        var end = -1;
        long steps = 0;
        for (var position = begin; ; position++)
        {
            Count(ref steps);
            var next = automaton.Step(state, ClassAt(position), position, this, out var accepts);
            if (accepts && position >= endMin)
            {
                end = position;
                if (!longest)
                    break;
            }
            if (position >= endMax || next.IsDead)
                break;
            state = next;
        }
        budget.Step(steps);
        return end;
    }

    /// <summary>Where the match that ends first ends; -1: there is none. No match begins before cold.</summary>
    private int FindEnd(int from, out int cold)
    {
        var automaton = pattern.LazyFor(pattern.Root.Fragment, unanchored: true);
        var state = automaton.Start(Before(from));
        cold = from;
        long steps = 0;
        for (var position = from; ; position++)
        {
            Count(ref steps);
            if (state.IsFresh)
                cold = position;
            var next = automaton.Step(state, ClassAt(position), position, this, out var accepts);
            if (accepts || position == text.Length)
            {
                budget.Step(steps);
                return accepts ? position : -1;
            }
            state = next;
        }
    }

    private void Count(ref long steps)
    {
        steps += pattern.StepsPerCharacter;
        if (steps < 4096)
            return;
        budget.Step(steps);
        steps = 0;
    }

    /// <summary>
    /// With back-references the automaton only proposes; each proposal is verified, nearest to the preference first. As in PostgreSQL, an empty
    /// match at the very end is not sought once a proposal before it has failed.
    /// </summary>
    private bool MatchVerified(int cold, int close)
    {
        do
        {
            for (var begin = cold; begin <= close; begin++)
            {
                if (MatchVerifiedAt(begin))
                    return true;
            }
            if (++close >= text.Length)
                return false;
            close = FindEnd(close, out cold);
        }
        while (close >= 0);
        return false;
    }

    private bool MatchVerifiedAt(int begin)
    {
        var (low, high) = (begin, text.Length);
        while (low <= high)
        {
            var end = pattern.PrefersShorter ? Shortest(pattern.Root, begin, low, high) : Longest(pattern.Root, begin, high);
            if (end < 0)
                return false;
            Array.Fill(_captures, -1);
            if (Dissect(pattern.Root, begin, end))
            {
                Capture(0, begin, end);
                return true;
            }
            if (pattern.PrefersShorter)
                low = end + 1;
            else
                high = end - 1;
        }
        return false;
    }

    private bool Dissect(Dissection part, int begin, int end)
    {
        budget.Step();
        switch (part.Kind)
        {
            case DissectionKind.Plain:
                return true;
            case DissectionKind.Capture:
                if (!Dissect(part.Parts[0], begin, end))
                    return false;
                Capture(part.Group, begin, end);
                return true;
            case DissectionKind.BackReference:
                return Refers(part, begin, end);
            case DissectionKind.Alternation:
                foreach (var branch in part.Parts)
                {
                    if (Longest(branch, begin, end) == end && Dissect(branch, begin, end))
                        return true;
                    Forget(branch);
                }
                return false;
            case DissectionKind.Concatenation:
                return part.Parts[0].PrefersShorter ? ConcatenateShort(part, begin, end) : ConcatenateLong(part, begin, end);
            case DissectionKind.Iteration:
                return part.Parts[0].PrefersShorter ? IterateShort(part, begin, end) : IterateLong(part, begin, end);
            default:
                throw new UnreachableException();
        }
    }

    private bool ConcatenateLong(Dissection part, int begin, int end)
    {
        var (left, right) = (part.Parts[0], part.Parts[1]);
        for (var middle = Longest(left, begin, end); middle >= 0; middle = middle == begin ? -1 : Longest(left, begin, middle - 1))
        {
            if (TrySplit(left, right, begin, middle, end))
                return true;
        }
        return false;
    }

    private bool ConcatenateShort(Dissection part, int begin, int end)
    {
        var (left, right) = (part.Parts[0], part.Parts[1]);
        for (var middle = Shortest(left, begin, begin, end); middle >= 0; middle = middle == end ? -1 : Shortest(left, begin, middle + 1, end))
        {
            if (TrySplit(left, right, begin, middle, end))
                return true;
        }
        return false;
    }

    private bool TrySplit(Dissection left, Dissection right, int begin, int middle, int end)
    {
        if (Longest(right, middle, end) == end && Dissect(left, begin, middle) && Dissect(right, middle, end))
            return true;
        Forget(left);
        Forget(right);
        return false;
    }

    /// <summary>The text is a group's text, so many times. A group that took no part matches nothing.</summary>
    private bool Refers(Dissection part, int begin, int end)
    {
        var (from, to) = (_captures[2 * part.Group], _captures[2 * part.Group + 1]);
        if (from < 0)
            return false;
        if (from == to)
            return begin == end;
        if (begin == end)
            return part.Min == 0;
        var (size, length) = (to - from, end - begin);
        if (length % size != 0 || length / size < part.Min || part.Max != RepeatNode.Unbounded && length / size > part.Max)
            return false;
        budget.Step(length);
        for (var i = 0; i < length; i++)
        {
            if (Fold(text.Points[from + i % size]) != Fold(text.Points[begin + i]))
                return false;
        }
        return true;
    }

    private int Fold(int code) => pattern.IgnoresCase && code is >= 'A' and <= 'Z' ? code | 32 : code;

    /// <summary>Divides among repetitions, each as long as can be. Empty ones only where the minimum asks for them.</summary>
    private bool IterateLong(Dissection part, int begin, int end)
    {
        var body = part.Parts[0];
        var (countMin, countMax) = Counts(part, end - begin);
        var ends = new List<int> { begin };
        var verified = 0;
        var k = 1;
        var limit = end;
        while (k > 0)
        {
            var at = Longest(body, ends[k - 1], limit);
            Put(ends, k, at);
            var shorten = k;
            if (at < 0)
            {
                shorten = k - 1;
            }
            else
            {
                verified = Math.Min(verified, k - 1);
                if (at != end)
                {
                    if (k >= countMax)
                    {
                        shorten = k - 1;
                    }
                    else if (at != ends[k - 1] || k < countMin && countMin - k >= end - at)
                    {
                        k++;
                        limit = end;
                        continue;
                    }
                }
                else if (k >= countMin && Verify(body, ends, k, ref verified, ref shorten))
                {
                    return true;
                }
            }

            // Shorten the last repetition that can be.
            for (k = shorten; k > 0; k--)
            {
                var previous = ends[k - 1];
                if (ends[k] <= previous)
                    continue;
                limit = ends[k] - 1;
                if (limit > previous || k < countMin && countMin - k >= end - previous)
                    break;
            }
        }
        Forget(body);
        return part.Min == 0 && begin == end;
    }

    /// <summary>The same with each repetition as short as can be.</summary>
    private bool IterateShort(Dissection part, int begin, int end)
    {
        if (part.Min == 0 && begin == end)
            return true;
        var body = part.Parts[0];
        var (countMin, countMax) = Counts(part, end - begin);
        var ends = new List<int> { begin };
        var verified = 0;
        var k = 1;
        var limit = begin;
        while (k > 0)
        {
            if (limit == ends[k - 1] && limit != end && (k >= countMin || countMin - k < end - limit))
                limit++;
            if (k >= countMax)
                limit = end;
            var at = Shortest(body, ends[k - 1], limit, end);
            Put(ends, k, at);
            var lengthen = k;
            if (at < 0)
            {
                lengthen = k - 1;
            }
            else
            {
                verified = Math.Min(verified, k - 1);
                if (at != end)
                {
                    if (k < countMax)
                    {
                        k++;
                        limit = at;
                        continue;
                    }
                    lengthen = k - 1;
                }
                else if (k >= countMin && Verify(body, ends, k, ref verified, ref lengthen))
                {
                    return true;
                }
            }
            for (k = lengthen; k > 0; k--)
            {
                if (ends[k] >= end)
                    continue;
                limit = ends[k] + 1;
                break;
            }
        }
        Forget(body);
        return false;
    }

    private static (int Min, int Max) Counts(Dissection part, int length)
    {
        var min = Math.Max(part.Min, 1);
        var max = part.Max != RepeatNode.Unbounded ? Math.Min(length, part.Max) : length;
        return (min, Math.Max(min, max));
    }

    private static void Put(List<int> ends, int k, int end)
    {
        if (ends.Count == k)
            ends.Add(end);
        else
            ends[k] = end;
    }

    /// <summary>Divides the repetitions themselves, in order; the captures of the last one stay.</summary>
    private bool Verify(Dissection body, List<int> ends, int count, ref int verified, ref int failed)
    {
        for (var i = verified + 1; i <= count; i++)
        {
            Forget(body);
            if (!Dissect(body, ends[i - 1], ends[i]))
            {
                failed = i;
                return false;
            }
            verified = i;
        }
        return true;
    }

    private void Capture(int group, int begin, int end) => (_captures[2 * group], _captures[2 * group + 1]) = (begin, end);

    private void Forget(Dissection part)
    {
        if ((part.Traits & NodeTraits.Captures) == 0)
            return;
        if (part.Kind == DissectionKind.Capture)
            Capture(part.Group, -1, -1);
        foreach (var inner in part.Parts)
            Forget(inner);
    }

    /// <summary>A lookbehind's automaton, run once over the text as far as asked.</summary>
    private sealed class BehindRun(LazyAutomaton automaton, int length)
    {
        private readonly bool[] _accepts = new bool[length + 1];
        private LazyAutomaton.State _state = automaton.Start(Neighbour.Edge);
        private int _next;

        public bool Accepts(int position, RegexMatcher matcher)
        {
            while (_next <= position)
            {
                matcher.CountOne();
                var at = _next++;
                _state = automaton.Step(_state, matcher.ClassAt(at), at, matcher, out _accepts[at]);
            }
            return _accepts[position];
        }
    }

    private void CountOne() => budget.Step(pattern.StepsPerCharacter);
}

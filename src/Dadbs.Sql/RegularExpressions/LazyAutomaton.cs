using System.Diagnostics;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// The deterministic automaton of one fragment, built as texts need it (subset construction). A state is the set of places after a character
/// and the kind of that character; a step looks at the next character's class, so assertions see both neighbours, and whether the text so far
/// matches is known one character later. Not for several threads.
/// </summary>
internal sealed class LazyAutomaton(Automaton automaton, Fragment fragment, bool unanchored, StateCache cache)
{
    private readonly Dictionary<PlaceSet, State> _states = new(PlaceSet.Comparer);
    private int _cacheGeneration;

    /// <summary>The state before any character.</summary>
    public State Start(Neighbour before) => Find([fragment.Begin], automaton.HasAssertions ? before : Neighbour.Edge);

    /// <summary>Steps over the class of the character at a position (or the end); accepts: the text up to the position matches.</summary>
    public State Step(State state, int characterClass, int position, RegexMatcher matcher, out bool accepts)
    {
        var known = state.Known[characterClass];
        if (known != 0)
        {
            accepts = known == 2;
            return state.Next[characterClass]!;
        }
        return Compute(state, characterClass, position, matcher, out accepts);
    }

    private State Compute(State state, int characterClass, int position, RegexMatcher matcher, out bool accepts)
    {
        var places = cache.RentPlaces();
        var depends = false;
        accepts = false;
        var states = automaton.States;
        places.Begin(states.Length);
        foreach (var place in state.Places.Items)
            places.Push(place);
        Close(ref accepts, ref depends, states);
        if (unanchored && characterClass != automaton.Classes.Count)
            places.Consumed.Add(fragment.Begin);
        var kernel = Distinct(places.Consumed);
        cache.ReturnPlaces(places);
        var neighbour = automaton.HasAssertions ? automaton.Neighbours[characterClass] : Neighbour.Edge;
        var next = Find(kernel, kernel.Length == 0 ? Neighbour.Edge : neighbour);
        if (!depends)
        {
            state.Next[characterClass] = next;
            state.Known[characterClass] = accepts ? (byte)2 : (byte)1;
        }
        return next;

        void Close(ref bool accepts, ref bool depends, ReadOnlySpan<AutomatonState> states)
        {
            while (places.TryPop(out var place))
            {
                if (place == fragment.End)
                {
                    accepts = true;
                    continue;
                }
                var at = states[place];
                var passes = true;
                switch (at.Kind)
                {
                    case StateKind.Consume:
                        if (characterClass < automaton.Classes.Count && automaton.MaskOf(at.Argument)[characterClass])
                            places.Consumed.Add(at.First);
                        passes = false;
                        break;
                    case StateKind.Assert:
                        passes = Holds((AssertionKind)at.Argument, state.Before, automaton.Neighbours[characterClass]);
                        break;
                    case StateKind.Look:
                        depends = true;
                        passes = matcher.LookHolds(at.Argument, position);
                        break;
                }
                if (!passes)
                    continue;
                if (at.First >= 0)
                    places.Push(at.First);
                if (at.Second >= 0)
                    places.Push(at.Second);
            }
        }
    }

    private static bool Holds(AssertionKind kind, Neighbour before, Neighbour after) => kind switch
    {
        AssertionKind.TextStart => before == Neighbour.Edge,
        AssertionKind.TextEnd => after == Neighbour.Edge,
        AssertionKind.LineStart => before is Neighbour.Edge or Neighbour.Newline,
        AssertionKind.LineEnd => after is Neighbour.Edge or Neighbour.Newline,
        AssertionKind.WordStart => before != Neighbour.Word && after == Neighbour.Word,
        AssertionKind.WordEnd => before == Neighbour.Word && after != Neighbour.Word,
        AssertionKind.WordBoundary => before == Neighbour.Word != (after == Neighbour.Word),
        AssertionKind.NotWordBoundary => before == Neighbour.Word == (after == Neighbour.Word),
        _ => throw new UnreachableException(),
    };

    private static int[] Distinct(List<int> places)
    {
        places.Sort();
        var count = 0;
        for (var i = 0; i < places.Count; i++)
        {
            if (i == 0 || places[i] != places[i - 1])
                places[count++] = places[i];
        }
        var result = new int[count];
        places.CopyTo(0, result, 0, count);
        return result;
    }

    private State Find(int[] kernel, Neighbour before)
    {
        if (_cacheGeneration != cache.Generation)
        {
            _states.Clear();
            _cacheGeneration = cache.Generation;
        }
        var key = new PlaceSet(kernel, before);
        if (_states.TryGetValue(key, out var state))
            return state;
        var columns = automaton.Classes.Count + 1;
        state = new State(key, columns, isFresh: kernel.Length == 1 && kernel[0] == fragment.Begin);
        cache.Count(columns + kernel.Length);
        _states.Add(key, state);
        _cacheGeneration = cache.Generation;
        return state;
    }

    /// <summary>Rows of the transition table, filled as they are met.</summary>
    internal sealed class State(PlaceSet places, int columns, bool isFresh)
    {
        public PlaceSet Places { get; } = places;

        public Neighbour Before => Places.Before;

        public State?[] Next { get; } = new State?[columns];

        /// <summary>0 not yet, 1 known, 2 known and the text before it matches.</summary>
        public byte[] Known { get; } = new byte[columns];

        /// <summary>No match has begun before here.</summary>
        public bool IsFresh { get; } = isFresh;

        public bool IsDead => Places.Items.Length == 0;
    }
}

/// <summary>Places of the automaton, sorted, with the kind of the character before them.</summary>
internal readonly record struct PlaceSet(int[] Items, Neighbour Before)
{
    public static IEqualityComparer<PlaceSet> Comparer { get; } = new ByContent();

    private sealed class ByContent : IEqualityComparer<PlaceSet>
    {
        public bool Equals(PlaceSet x, PlaceSet y) => x.Before == y.Before && x.Items.AsSpan().SequenceEqual(y.Items);

        /// <summary>FNV-1a over the places.</summary>
        public int GetHashCode(PlaceSet set)
        {
            var hash = 2166136261u ^ (uint)set.Before;
            foreach (var place in set.Items)
                hash = (hash ^ (uint)place) * 16777619u;
            return (int)hash;
        }
    }
}

/// <summary>Bounds what the lazy automata of one pattern keep: past it all of them forget what they learned.</summary>
internal sealed class StateCache
{
    private const int CellsMax = 200_000;

    private readonly Stack<PlaceCollector> _collectors = new();
    private int _cells;

    public int Generation { get; private set; }

    public void Count(int cells)
    {
        _cells += cells;
        if (_cells <= CellsMax)
            return;
        _cells = cells;
        Generation++;
    }

    /// <summary>A lookaround inside a step steps another automaton: hence a stack of them.</summary>
    public PlaceCollector RentPlaces() => _collectors.TryPop(out var places) ? places : new PlaceCollector();

    public void ReturnPlaces(PlaceCollector places) => _collectors.Push(places);
}

/// <summary>The work list of one closure: each place once.</summary>
internal sealed class PlaceCollector
{
    private readonly Stack<int> _open = new();
    private int[] _seen = [];
    private int _mark;

    public List<int> Consumed { get; } = [];

    public void Begin(int stateCount)
    {
        if (_seen.Length < stateCount)
            _seen = new int[stateCount];
        _mark++;
        _open.Clear();
        Consumed.Clear();
    }

    public void Push(int place)
    {
        if (_seen[place] == _mark)
            return;
        _seen[place] = _mark;
        _open.Push(place);
    }

    public bool TryPop(out int place) => _open.TryPop(out place);
}

namespace Dadbs.Sql.Functions;

/// <summary>
/// A node as a nondeterministic automaton, run on all its states at once (Thompson's simulation): time grows with text × states, never
/// exponentially. A back reference is taken for "anything" here; the dissection checks it.
/// </summary>
internal sealed class RegexProgram
{
    private const int InstructionsMax = 100_000;

    private enum Operation
    {
        Set,
        Split,
        Assert,
        Look,
        Accept,
    }

    private readonly record struct Instruction(Operation Operation, int First, int Second, RegexSet? Set = null, RegexAssertion Assertion = default, LookNode? Look = null);

    private readonly List<Instruction> _code = [];
    private readonly int _start;
    private readonly Dictionary<LookNode, RegexProgram> _looks = [];

    public RegexProgram(RegexNode node)
    {
        var accept = Add(new Instruction(Operation.Accept, 0, 0));
        _start = Compile(node, accept);
    }

    private int Add(Instruction instruction)
    {
        if (_code.Count >= InstructionsMax)
            throw RegexParser.Invalid("regular expression is too complex");
        _code.Add(instruction);
        return _code.Count - 1;
    }

    /// <summary>Code that matches the node and goes on at <paramref name="next"/>; its entry.</summary>
    private int Compile(RegexNode node, int next)
    {
        switch (node)
        {
            case EmptyNode:
                return next;
            case SetNode set:
                return Add(new Instruction(Operation.Set, next, 0, set.Set));
            case AssertionNode assertion:
                return Add(new Instruction(Operation.Assert, next, 0, Assertion: assertion.Assertion));
            case LookNode look:
                _looks.TryAdd(look, new RegexProgram(look.Inner));
                return Add(new Instruction(Operation.Look, next, 0, Look: look));
            case GroupNode group:
                return Compile(group.Inner, next);
            case UncapturedNode uncaptured:
                return Compile(uncaptured.Inner, next);
            case BackReferenceNode:
                return CompileStar(new SetNode(new RegexSet([], true, false)), next);
            case ConcatenationNode concatenation:
                for (var i = concatenation.Parts.Length - 1; i >= 0; i--)
                    next = Compile(concatenation.Parts[i], next);
                return next;
            case AlternationNode alternation:
                var entry = Compile(alternation.Branches[^1], next);
                for (var i = alternation.Branches.Length - 2; i >= 0; i--)
                    entry = Add(new Instruction(Operation.Split, Compile(alternation.Branches[i], next), entry));
                return entry;
            case RepeatNode repeat:
                return CompileRepeat(repeat, next);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private int CompileStar(RegexNode inner, int next)
    {
        var loop = Add(default);
        var body = Compile(inner, loop);
        _code[loop] = new Instruction(Operation.Split, body, next);
        return loop;
    }

    private int CompileRepeat(RepeatNode repeat, int next)
    {
        var entry = next;
        if (repeat.Maximum < 0)
        {
            entry = CompileStar(repeat.Inner, next);
        }
        else
        {
            for (var i = repeat.Minimum; i < repeat.Maximum; i++)
                entry = Add(new Instruction(Operation.Split, Compile(repeat.Inner, entry), next));
        }
        for (var i = 0; i < repeat.Minimum; i++)
            entry = Compile(repeat.Inner, entry);
        return entry;
    }

    /// <summary>Where matches from a start may end, ascending; with <paramref name="firstOnly"/> only the nearest.</summary>
    public List<int> Ends(RegexInput input, int start, int limit, bool firstOnly = false)
    {
        var ends = new List<int>();
        Run(input, start, limit, searching: false, end =>
        {
            ends.Add(end);
            return firstOnly;
        });
        return ends;
    }

    public bool MatchesExactly(RegexInput input, int start, int end)
    {
        var found = false;
        Run(input, start, end, searching: false, at =>
        {
            found |= at == end;
            return false;
        });
        return found;
    }

    /// <summary>Is there a match that starts at or after a position?</summary>
    public bool IsFoundFrom(RegexInput input, int start)
    {
        var found = false;
        Run(input, start, input.Text.Length, searching: true, _ => found = true);
        return found;
    }

    /// <summary>Runs until the text's limit, no states are left, or <paramref name="accept"/> says enough.</summary>
    private void Run(RegexInput input, int start, int limit, bool searching, Func<int, bool> accept)
    {
        var current = new StateSet(_code.Count);
        var following = new StateSet(_code.Count);
        Follow(_start, start, input, current);
        for (var at = start; ; at++)
        {
            input.Budget.Step(1 + current.Count);
            if (current.Accepts && accept(at) || at >= limit)
                return;
            var character = input.Text[at];
            following.Clear();
            for (var i = 0; i < current.Count; i++)
            {
                var instruction = _code[current[i]];
                if (instruction.Operation == Operation.Set && instruction.Set!.Contains(character))
                    Follow(instruction.First, at + 1, input, following);
            }
            if (searching)
                Follow(_start, at + 1, input, following);
            if (!searching && following.Count == 0 && !following.Accepts)
                return;
            (current, following) = (following, current);
        }
    }

    /// <summary>Adds a state and all that can be reached without a character. Iterative: patterns nest deeper than stacks should.</summary>
    private void Follow(int state, int at, RegexInput input, StateSet set)
    {
        var pending = set.Pending;
        pending.Push(state);
        while (pending.TryPop(out state))
        {
            if (!set.Mark(state))
                continue;
            var instruction = _code[state];
            switch (instruction.Operation)
            {
                case Operation.Set:
                    set.Add(state);
                    break;
                case Operation.Accept:
                    set.Accepts = true;
                    break;
                case Operation.Split:
                    pending.Push(instruction.Second);
                    pending.Push(instruction.First);
                    break;
                case Operation.Assert:
                    if (input.Holds(instruction.Assertion, at))
                        pending.Push(instruction.First);
                    break;
                case Operation.Look:
                    if (Looks(instruction.Look!, input, at) != instruction.Look!.Negative)
                        pending.Push(instruction.First);
                    break;
            }
        }
    }

    private bool Looks(LookNode look, RegexInput input, int at)
    {
        var program = _looks[look];
        if (look.Ahead)
            return program.Ends(input, at, input.Text.Length, firstOnly: true).Count > 0;
        for (var start = at; start >= 0; start--)
        {
            if (program.MatchesExactly(input, start, at))
                return true;
        }
        return false;
    }

    private sealed class StateSet(int states)
    {
        private readonly bool[] _marked = new bool[states];
        private readonly List<int> _visited = [];
        private readonly List<int> _states = [];

        public Stack<int> Pending { get; } = new();

        public bool Accepts { get; set; }

        public int Count => _states.Count;

        public int this[int index] => _states[index];

        public bool Mark(int state)
        {
            if (_marked[state])
                return false;
            _marked[state] = true;
            _visited.Add(state);
            return true;
        }

        public void Add(int state) => _states.Add(state);

        public void Clear()
        {
            foreach (var state in _visited)
                _marked[state] = false;
            _visited.Clear();
            _states.Clear();
            Accepts = false;
        }
    }
}

/// <summary>The text of one match as code points, and the budget that pays for it.</summary>
internal sealed class RegexInput(int[] text, Budget budget)
{
    public int[] Text { get; } = text;

    public Budget Budget { get; } = budget;

    public bool Holds(RegexAssertion assertion, int at) => assertion switch
    {
        RegexAssertion.TextStart => at == 0,
        RegexAssertion.TextEnd => at == Text.Length,
        RegexAssertion.LineStart => at == 0 || Text[at - 1] == '\n',
        RegexAssertion.LineEnd => at == Text.Length || Text[at] == '\n',
        RegexAssertion.WordStart => !IsWord(at - 1) && IsWord(at),
        RegexAssertion.WordEnd => IsWord(at - 1) && !IsWord(at),
        RegexAssertion.WordBoundary => IsWord(at - 1) != IsWord(at),
        _ => IsWord(at - 1) == IsWord(at),
    };

    private bool IsWord(int at) => at >= 0 && at < Text.Length && IsWordCharacter(Text[at]);

    private static bool IsWordCharacter(int c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
}

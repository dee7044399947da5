using Dadbs.Sql.Functions;

namespace Dadbs.Sql.RegularExpressions;

/// <summary>
/// A compiled pattern: PostgreSQL's advanced regular expressions (manual 9.7.3) over the "C" locale. Leftmost, then longest or shortest by the
/// preference of the whole. Keeps what its automata learn, so one thread at a time.
/// </summary>
internal sealed class RegularExpression
{
    private readonly Dictionary<(Fragment Fragment, bool Unanchored), LazyAutomaton> _lazy = [];
    private readonly StateCache _cache = new();

    private RegularExpression(RegexNode syntax, int groupCount, RegexOptions options)
    {
        Automaton = new Automaton();
        Root = new DissectionBuilder(Automaton).Build(syntax);
        Automaton.Freeze();
        GroupCount = groupCount;
        HasBackReferences = (syntax.Traits & NodeTraits.BackReferences) != 0;
        IgnoresCase = (options & RegexOptions.IgnoreCase) != 0;
        StepsPerCharacter = 1 + Automaton.States.Length / 256;
    }

    public Automaton Automaton { get; }

    public Dissection Root { get; }

    public int GroupCount { get; }

    public bool HasBackReferences { get; }

    public bool IgnoresCase { get; }

    public bool PrefersShorter => Root.PrefersShorter;

    /// <summary>By formula, whatever the automata already know: nodes count alike.</summary>
    public int StepsPerCharacter { get; }

    /// <summary>2201B for a pattern that is none.</summary>
    public static RegularExpression Compile(ReadOnlySpan<byte> pattern, RegexOptions options)
    {
        var parser = new RegexParser(SubjectText.Decode(pattern), options);
        var syntax = parser.Parse();
        return new RegularExpression(syntax, parser.GroupCount, parser.Options);
    }

    public LazyAutomaton LazyFor(Fragment fragment, bool unanchored)
    {
        if (!_lazy.TryGetValue((fragment, unanchored), out var lazy))
            _lazy.Add((fragment, unanchored), lazy = new LazyAutomaton(Automaton, fragment, unanchored, _cache));
        return lazy;
    }

    public RegexMatcher Matcher(SubjectText text, Budget budget) => new(this, text, budget);
}

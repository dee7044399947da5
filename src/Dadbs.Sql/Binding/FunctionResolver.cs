using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>A function that a call can mean, with the argument types as this call would see them (variadic ones spread out).</summary>
internal sealed record Candidate(FunctionDescriptor? Function, OperatorDescriptor? Operator, SqlType[] ArgumentTypes, int DefaultsUsed = 0, bool SpreadsVariadic = false);

internal enum ResolutionOutcome
{
    Found,
    NotFound,
    Ambiguous,
}

/// <summary>PostgreSQL's overload resolution for functions and operators (manual 10.2 and 10.3).</summary>
internal static class FunctionResolver
{
    /// <summary>The function that a call with these argument types means.</summary>
    public static ResolutionOutcome ResolveFunction(IReadOnlyList<FunctionDescriptor> named, SqlType[] arguments, bool isVariadicCall, out Candidate? found)
    {
        List<Candidate> candidates = Arity(named, arguments.Length, isVariadicCall);
        foreach (Candidate candidate in candidates)
        {
            if (candidate.ArgumentTypes.AsSpan().SequenceEqual(arguments))
            {
                found = candidate;
                return ResolutionOutcome.Found;
            }
        }

        return Choose(candidates, arguments, out found);
    }

    public static ResolutionOutcome ResolveOperator(IReadOnlyList<OperatorDescriptor> named, SqlType? left, SqlType right, out Candidate? found)
    {
        // An unknown operand is first assumed to be of the other's type.
        SqlType exactLeft = left is null ? right : left.IsUnknown && !right.IsUnknown ? right : left;
        SqlType exactRight = right.IsUnknown && left is not null && !left.IsUnknown ? left : right;
        List<Candidate> candidates = [];
        foreach (OperatorDescriptor descriptor in named)
        {
            if (descriptor.Left is null != left is null) continue;
            SqlType[] types = descriptor.Left is null ? [descriptor.Right] : [descriptor.Left, descriptor.Right];
            Candidate candidate = new(null, descriptor, types);
            if (descriptor.Right == exactRight && (left is null || descriptor.Left == exactLeft))
            {
                found = candidate;
                return ResolutionOutcome.Found;
            }

            candidates.Add(candidate);
        }

        return Choose(candidates, left is null ? [right] : [left, right], out found);
    }

    private static ResolutionOutcome Choose(List<Candidate> candidates, SqlType[] arguments, out Candidate? found)
    {
        found = null;
        List<Candidate> possible = candidates.FindAll(candidate => Accepts(candidate.ArgumentTypes, arguments));
        if (possible.Count == 0) return ResolutionOutcome.NotFound;
        found = possible.Count == 1 ? possible[0] : SelectCandidate(possible, arguments);
        return found is null ? ResolutionOutcome.Ambiguous : ResolutionOutcome.Found;
    }

    private static bool Accepts(SqlType[] declared, SqlType[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!Coercion.CanCoerce(arguments[i], declared[i], CastContext.Implicit)) return false;
        }

        return PolymorphicTypes.AreConsistent(declared, arguments);
    }

    private static List<Candidate> Arity(IReadOnlyList<FunctionDescriptor> named, int count, bool isVariadicCall)
    {
        List<Candidate> candidates = [];
        foreach (FunctionDescriptor function in named)
        {
            int declared = function.ArgumentTypes.Length;
            if (function.Variadic && !isVariadicCall)
            {
                if (count < declared) continue;
                SqlType last = function.ArgumentTypes[^1];
                SqlType element = last == SqlTypes.Any ? last : last == SqlTypes.AnyArray ? SqlTypes.AnyElement : last == SqlTypes.AnyCompatibleArray ? SqlTypes.AnyCompatible : last.ElementType!;
                SqlType[] types = new SqlType[count];
                for (int i = 0; i < count; i++) types[i] = i < declared - 1 ? function.ArgumentTypes[i] : element;
                candidates.Add(new Candidate(function, null, types, 0, last != SqlTypes.Any));
            }
            else if (declared == count)
            {
                candidates.Add(new Candidate(function, null, function.ArgumentTypes));
            }
            else if (declared > count && declared - count <= function.Defaults.Length)
            {
                candidates.Add(new Candidate(function, null, function.ArgumentTypes[..count], declared - count));
            }
        }

        return candidates;
    }

    /// <summary>The rules for several acceptable candidates: most exact matches, then preferred types, then the categories of unknowns, then "unknown is like the known ones".</summary>
    private static Candidate? SelectCandidate(List<Candidate> candidates, SqlType[] arguments)
    {
        candidates = Best(candidates, arguments, (declared, given) => !given.IsUnknown && declared == given);
        if (candidates.Count == 1) return candidates[0];
        candidates = Best(candidates, arguments, (declared, given) => !given.IsUnknown && (declared == given || (declared.IsPreferred && declared.Category == given.Category)));
        if (candidates.Count == 1) return candidates[0];
        if (!Array.Exists(arguments, argument => argument.IsUnknown)) return null;

        candidates = ByUnknownCategory(candidates, arguments);
        if (candidates.Count == 1) return candidates[0];
        return LikeTheKnown(candidates, arguments);
    }

    private static List<Candidate> Best(List<Candidate> candidates, SqlType[] arguments, Func<SqlType, SqlType, bool> matches)
    {
        List<Candidate> best = [];
        int most = 0;
        foreach (Candidate candidate in candidates)
        {
            int count = 0;
            for (int i = 0; i < arguments.Length; i++)
            {
                if (matches(candidate.ArgumentTypes[i], arguments[i])) count++;
            }

            if (count > most || best.Count == 0)
            {
                most = count;
                best.Clear();
                best.Add(candidate);
            }
            else if (count == most)
            {
                best.Add(candidate);
            }
        }

        return best;
    }

    private static List<Candidate> ByUnknownCategory(List<Candidate> candidates, SqlType[] arguments)
    {
        char[] categories = new char[arguments.Length];
        bool[] preferred = new bool[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].IsUnknown) continue;
            bool conflict = false;
            foreach (Candidate candidate in candidates)
            {
                SqlType type = candidate.ArgumentTypes[i];
                if (categories[i] == '\0')
                {
                    categories[i] = type.Category;
                    preferred[i] = type.IsPreferred;
                }
                else if (categories[i] == type.Category)
                {
                    preferred[i] |= type.IsPreferred;
                }
                else if (type.Category == 'S')
                {
                    categories[i] = 'S';
                    preferred[i] = type.IsPreferred;
                }
                else
                {
                    conflict = true;
                }
            }

            if (conflict && categories[i] != 'S') return candidates;
        }

        List<Candidate> kept = candidates.FindAll(candidate =>
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                if (!arguments[i].IsUnknown) continue;
                SqlType type = candidate.ArgumentTypes[i];
                if (type.Category != categories[i] || (preferred[i] && !type.IsPreferred)) return false;
            }

            return true;
        });
        return kept.Count == 0 ? candidates : kept;
    }

    private static Candidate? LikeTheKnown(List<Candidate> candidates, SqlType[] arguments)
    {
        SqlType? known = null;
        foreach (SqlType argument in arguments)
        {
            if (argument.IsUnknown) continue;
            if (known is not null && known != argument) return null;
            known = argument;
        }

        if (known is null) return null;
        SqlType[] assumed = new SqlType[arguments.Length];
        Array.Fill(assumed, known);
        List<Candidate> accepting = candidates.FindAll(candidate => Accepts(candidate.ArgumentTypes, assumed));
        return accepting.Count == 1 ? accepting[0] : null;
    }
}

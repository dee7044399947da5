using System.Collections.Concurrent;

namespace Dadbs.Replication;

/// <summary>
/// Parsed public keys by their compressed form; null stands for bytes that are no point. Bounded: when full it starts anew, which costs
/// a parse per key in use and lets nobody fill memory with keys.
/// </summary>
internal sealed class ParsedKeyCache<TParsed>(int keysMax)
    where TParsed : class
{
    private readonly ConcurrentDictionary<PublicKey, TParsed?> _parsed = new();

    public TParsed? GetOrParse(in PublicKey key, Func<PublicKey, TParsed?> parse)
    {
        if (_parsed.TryGetValue(key, out TParsed? parsed))
            return parsed;
        if (_parsed.Count >= keysMax)
            _parsed.Clear();
        return _parsed.GetOrAdd(key, parse);
    }
}

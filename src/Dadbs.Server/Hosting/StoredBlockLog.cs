using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Storage;
using Dadbs.Storage.Faster;
using Dadbs.Storage.Recovery;
using Microsoft.Extensions.Logging;

namespace Dadbs.Server.Hosting;

/// <summary>
/// The block log on disk, with what becomes of it when it is damaged. Damage leaves a note in its directory; the next opening renames the directory, begins a log anew and copies
/// into it what joins on without a gap. A log that is too short is a state that every start can go on from (recovery invariants), so nothing has to be swapped, and a crash in
/// between costs nothing. The damaged directory stays until replication says that the log is whole.
/// </summary>
internal sealed partial class StoredBlockLog : IDisposable
{
    private readonly DataDirectory _data;
    private readonly bool _mayHeal;
    private readonly List<string> _repairs = [];
    private readonly Action<CorruptionException>? _damaged;

    private StoredBlockLog(DataDirectory data, Genesis genesis, bool mayHeal, bool hasSaid, Action<CorruptionException> damaged, ILogger log)
    {
        _data = data;
        _mayHeal = mayHeal;
        Log = mayHeal ? OpenOrSetAside(new FasterBlockLogOptions { DamageFound = NoteDamage }, hasSaid, log) : FasterBlockLog.Open(data.BlockLogDirectory);
        _damaged = damaged;
        var setAside = BlockLogSalvage.FindSetAside(data.BlockLogDirectory);
        if (setAside.Count == 0) return;
        try
        {
            Salvage = SalvagedChain.Read(genesis, [.. setAside.Select(directory => (Func<long, IEnumerable<LogRecord>>)new BlockLogSalvage(directory).Read)]);
            SalvagedHeight = Salvage.CopyTo(Log);
            LogSalvaged(log, Salvage.Count, SalvagedHeight.Value);
        }
        catch (Exception e)
        {
            // The log begun anew is damaged in its turn. What its sectors tell has been noted by the log; what its records tell is noted here.
            if (e is BlockLogDamagedException damage && TryNote(damage)) damaged(new CorruptionException(damage.Message, data.BlockLogDirectory));
            Log.Dispose();
            throw;
        }
    }

    public FasterBlockLog Log { get; }

    /// <summary>What was set aside still holds; null: nothing was.</summary>
    public SalvagedChain? Salvage { get; }

    /// <summary>Where the log begun anew ends; null: it was not damaged.</summary>
    public long? SalvagedHeight { get; }

    public IReadOnlyList<string> Repairs => _repairs;

    /// <param name="data">The node's directory, locked.</param>
    /// <param name="genesis">The chain, and whether there are peers to fetch from.</param>
    /// <param name="key">Whose node it is.</param>
    /// <param name="voteLog">Must hold what the node said: without it a block log is not begun anew, since the node would look as if it had no past.</param>
    /// <param name="damaged">Told of damage that the next opening puts right: met in the log begun anew, or later.</param>
    /// <param name="log">Where repairs are reported.</param>
    /// <exception cref="CorruptionException">The log is damaged, and there is nobody to fetch from.</exception>
    /// <exception cref="VoteLogMissingException">The log is damaged and the vote log is empty.</exception>
    public static StoredBlockLog Open(DataDirectory data, Genesis genesis, NodeKey key, SegmentedLog voteLog, Action<CorruptionException> damaged, ILogger log)
    {
        bool isValidator = genesis.IndexOf(key.PublicKey) >= 0;
        bool mayHeal = genesis.Validators.Count > (isValidator ? 1 : 0);
        bool hasSaid = !isValidator || voteLog.Read(voteLog.FirstAddress).Any();
        if (!hasSaid && BlockLogSalvage.FindSetAside(data.BlockLogDirectory).Count > 0) throw VoteLogMissing();
        return new StoredBlockLog(data, genesis, mayHeal, hasSaid, damaged, log);
    }

    /// <summary>Notes damage that only shows in what the records say together. False: nobody could heal it.</summary>
    public bool TryNote(BlockLogDamagedException damage)
    {
        if (_mayHeal) DamageNote.Write(_data.BlockLogDirectory, damage.Message);
        return _mayHeal;
    }

    public void DeleteSetAside()
    {
        foreach (string directory in BlockLogSalvage.FindSetAside(_data.BlockLogDirectory)) Directory.Delete(directory, recursive: true);
    }

    public void Dispose() => Log.Dispose();

    private static VoteLogMissingException VoteLogMissing() =>
        new("the block log is damaged and the vote log is missing: this node could contradict what it said, so it does not start");

    private FasterBlockLog OpenOrSetAside(FasterBlockLogOptions options, bool hasSaid, ILogger log)
    {
        string? reason = DamageNote.Read(_data.BlockLogDirectory);
        try
        {
            if (reason is null) return FasterBlockLog.Open(_data.BlockLogDirectory, options);
        }
        catch (CorruptionException e)
        {
            reason = e.Message;
        }

        if (!hasSaid) throw VoteLogMissing();
        _repairs.Add(reason);
        LogSettingAside(log, reason);
        BlockLogSalvage.SetAside(_data.BlockLogDirectory);
        return FasterBlockLog.Open(_data.BlockLogDirectory, options);
    }

    /// <summary>The damage met while it is opened is put right at once; of any later the node is told.</summary>
    private void NoteDamage(CorruptionException damage)
    {
        DamageNote.Write(_data.BlockLogDirectory, damage.Message);
        _damaged?.Invoke(damage);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The block log is damaged, set aside and begun anew: {Reason}")]
    private static partial void LogSettingAside(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} blocks are readable in the damaged block log; those through height {Height} are without a gap")]
    private static partial void LogSalvaged(ILogger log, int count, long height);
}

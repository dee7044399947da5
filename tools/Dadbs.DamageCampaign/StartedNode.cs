using System.Security.Cryptography;
using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Server.Execution;
using Dadbs.Server.Hosting;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Transactions;
using Dadbs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dadbs.DamageCampaign;

/// <summary>The node without its sessions: storage, state machine, replication.</summary>
internal sealed class StartedNode : IAsyncDisposable
{
    private const int AttemptsMax = 4;

    private readonly List<string> _earlierRepairs;
    private NodeStorage? _storage;
    private ReplicationNode? _replication;
    private SqlStateMachine? _machine;
    private Hash256 _votes;
    private Exception? _fatal;
    private bool _isRepairable;

    private StartedNode(List<string> earlierRepairs) => _earlierRepairs = earlierRepairs;

    /// <summary>Damage was met that another start puts right.</summary>
    public bool IsRepairable => _isRepairable;

    public Snapshot State => Machine.Latest;

    /// <summary>Highest height that is in the block log on disk.</summary>
    public long DurableHeight => Replication.DurableHeight;

    public IReadOnlyList<string> Repairs => [.. _earlierRepairs, .. Storage.Repairs];

    private NodeStorage Storage => _storage ?? throw new InvalidOperationException("not opened");

    private ReplicationNode Replication => _replication ?? throw new InvalidOperationException("not composed yet");

    private SqlStateMachine Machine => _machine ?? throw new InvalidOperationException("not composed yet");

    /// <summary>As `dadbs start` does it: what was found damaged and noted is put right by another attempt.</summary>
    public static async Task<StartedNode> OpenAsync(DataDirectory data, CancellationToken cancellation)
    {
        var repairs = new List<string>();
        for (int attempt = 1; ; attempt++)
        {
            var node = new StartedNode([.. repairs]);
            try
            {
                await node.ComposeAsync(data, cancellation);
                return node;
            }
            catch (Exception e)
            {
                bool again = attempt < AttemptsMax && (node._isRepairable || (e is BlockLogDamagedException damage && node.Storage.TryNote(damage)));
                if (node._storage is not null) repairs.AddRange(node._storage.Repairs);
                await node.DisposeAsync();
                if (!again) throw;
            }
        }
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        long now = (long)(DateTime.UtcNow - DateTime.UnixEpoch).TotalMicroseconds;
        var body = new TransactionBody
        {
            Kind = TransactionKind.OrderedFirst,
            DatabaseOid = WellKnownOids.DadbsDatabase,
            ClockMicros = now,
            Seed = RandomNumberGenerator.GetBytes(32),
            Statements = [.. SqlParser.Parse(sql).Select(s => new CarriedStatement { Text = sql.Substring(s.Start, s.Length) })],
        };
        var pending = Replication.Prepare(WellKnownOids.SuperuserRole, TransactionBodyCodec.Encode(body), now + 60_000_000);
        await Replication.SubmitAsync(pending, cancellation: cancellation);
        while (Machine.Index.Find(pending.Id) is null)
        {
            if (_fatal is not null) throw new InvalidOperationException("the node failed", _fatal);
            await Task.Delay(1, cancellation);
        }

        if (Machine.Index.Find(pending.Id)!.Value.Receipt != Receipt.Committed) throw new InvalidOperationException($"failed: {sql}");
    }

    public NodeContent ReadAll()
    {
        var state = Machine.Latest;
        var content = new NodeContent(state.Height, state.Root, DigestOfEntries(), DigestOfBlocks(state.Height), _votes, Repairs);
        return _fatal is null ? content : throw new InvalidOperationException(_fatal.Message, _fatal);
    }

    /// <summary>Digest over every entry of the newest state.</summary>
    public Hash256 DigestOfEntries() => DigestOf(EntriesOf(Machine.Latest));

    /// <summary>Digest over all blocks through a height, with what they led to.</summary>
    public Hash256 DigestOfBlocks(long through)
    {
        var blocks = new List<ReadOnlyMemory<byte>>();
        for (long height = 1; height <= through; height++)
        {
            var record = Replication.ReadBlock(height) ?? throw new InvalidOperationException($"height {height} is missing");
            blocks.Add(record.Block.BlockDigest.ToArray());
            blocks.Add(record.Result.StateRoot.ToArray());
            blocks.Add(record.Result.ChangeSet);
            blocks.AddRange(record.Block.Transactions.Select(t => (ReadOnlyMemory<byte>)t.Id.ToArray()));
        }

        return DigestOf(blocks);
    }

    public async ValueTask DisposeAsync()
    {
        if (_replication is not null) await _replication.DisposeAsync();
        _storage?.Dispose();
    }

    private static IEnumerable<ReadOnlyMemory<byte>> EntriesOf(Snapshot state)
    {
        foreach (var relation in state.Relations)
        {
            using var cursor = state.Scan(relation, KeyRange.All);
            while (cursor.MoveNext())
            {
                yield return cursor.Key;
                yield return cursor.Value;
            }
        }
    }

    private static Hash256 DigestOf(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in pieces)
        {
            hash.AppendData(BitConverter.GetBytes(piece.Length));
            hash.AppendData(piece.Span);
        }

        return Hash256.FromSpan(hash.GetHashAndReset());
    }

    private async Task ComposeAsync(DataDirectory data, CancellationToken cancellation)
    {
        _storage = NodeStorage.Open(data, StoppedNode.Configuration, OnDamaged, NullLogger.Instance);
        _votes = DigestOf(_storage.VoteLog.Read(_storage.VoteLog.FirstAddress).Select(record => record.Bytes));
        var engine = new EngineComposition(() => Replication);
        _machine = new SqlStateMachine(_storage.State, engine, _storage.Genesis.Parameters, new CheckpointPolicy(StoppedNode.Configuration.CheckpointBlocks, long.MaxValue));
        _replication = ReplicationNode.Open(
            new ReplicationOptions
            {
                Genesis = _storage.Genesis,
                Key = _storage.Key,
                VoteLog = _storage.VoteLog,
                BlockLog = _storage.BlockLog,
                Salvage = _storage.Salvage,
                Fatal = e => _fatal ??= e,
            },
            _machine);
        await _replication.StartAsync(cancellation);
        _storage.BlockLogHealed();
    }

    private void OnDamaged(CorruptionException damage)
    {
        _isRepairable = true;
        _fatal ??= damage;
    }
}

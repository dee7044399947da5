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

/// <summary>All that a started node would tell anyone: digests over every entry of its state, every block and every record of its vote log.</summary>
internal sealed record NodeContent(long Height, Hash256 Root, Hash256 Entries, Hash256 Blocks, Hash256 Votes, IReadOnlyList<string> Repairs);

/// <summary>A validator's directory with a past, and the node's own way of opening one.</summary>
internal static class StoppedNode
{
    private const int Blocks = 90;
    private const int RowsPerBlock = 40;

    public static NodeConfiguration Configuration { get; } = new()
    {
        PeerPort = 1,
        PageCacheMegabytes = 4,
        StoreMemoryMegabytes = 8,
        StoreIndexMegabytes = 1,
        CheckpointBlocks = 20,
    };

    /// <summary>A single validator that ordered statements over three tables, with checkpoints on the way, closed tidily.</summary>
    public static async Task BuildAsync(string directory, CancellationToken cancellation)
    {
        var data = new DataDirectory(directory);
        ClusterInitialization.CreateSingleValidator(data, Configuration);
        await using var node = await StartedNode.OpenAsync(data, cancellation);
        await node.ExecuteAsync("CREATE TABLE accounts (id int PRIMARY KEY, owner text, balance numeric)", cancellation);
        await node.ExecuteAsync("CREATE TABLE notes (id int PRIMARY KEY, body text); CREATE INDEX ON accounts (owner)", cancellation);
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * RowsPerBlock / 3;
            await node.ExecuteAsync(
                $"INSERT INTO accounts SELECT g, 'owner ' || g % 17, g * 1.5 FROM generate_series({first}, {first + RowsPerBlock}) g ON CONFLICT (id) DO UPDATE SET balance = accounts.balance + {block}",
                cancellation);
            if (block % 10 == 0) await node.ExecuteAsync($"INSERT INTO notes VALUES ({block}, repeat('a long note {block} ', 400)); DELETE FROM accounts WHERE id % 13 = {block % 13}", cancellation);
        }
    }

    /// <summary>Opens, recovers and reads everything. Whatever the node would say instead of starting is thrown.</summary>
    public static async Task<NodeContent> ReadAsync(string directory, CancellationToken cancellation)
    {
        await using var node = await StartedNode.OpenAsync(new DataDirectory(directory), cancellation);
        return node.ReadAll();
    }
}

/// <summary>The node without its sessions: storage, state machine, replication.</summary>
internal sealed class StartedNode : IAsyncDisposable
{
    private readonly NodeStorage _storage;
    private readonly ReplicationNode _replication;
    private readonly SqlStateMachine _machine;
    private readonly Hash256 _votes;
    private Exception? _fatal;

    private StartedNode(DataDirectory data)
    {
        _storage = NodeStorage.Open(data, StoppedNode.Configuration, damage => _fatal ??= damage, NullLogger.Instance);
        try
        {
            _votes = DigestOf(_storage.VoteLog.Read(_storage.VoteLog.FirstAddress).Select(record => record.Bytes));
            var engine = new EngineComposition(() => _replication ?? throw new InvalidOperationException("not composed yet"));
            _machine = new SqlStateMachine(_storage.State, engine, _storage.Genesis.Parameters, new CheckpointPolicy(StoppedNode.Configuration.CheckpointBlocks, long.MaxValue));
            _replication = ReplicationNode.Open(
                new ReplicationOptions
                {
                    Genesis = _storage.Genesis,
                    Key = _storage.Key,
                    VoteLog = _storage.VoteLog,
                    BlockLog = _storage.BlockLog,
                    Fatal = e => _fatal ??= e,
                },
                _machine);
        }
        catch
        {
            _storage.Dispose();
            throw;
        }
    }

    public static async Task<StartedNode> OpenAsync(DataDirectory data, CancellationToken cancellation)
    {
        var node = new StartedNode(data);
        try
        {
            await node._replication.StartAsync(cancellation);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
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
        var pending = _replication.Prepare(WellKnownOids.SuperuserRole, TransactionBodyCodec.Encode(body), now + 60_000_000);
        await _replication.SubmitAsync(pending, cancellation: cancellation);
        while (_machine.Index.Find(pending.Id) is null)
        {
            if (_fatal is not null) throw new InvalidOperationException("the node failed", _fatal);
            await Task.Delay(1, cancellation);
        }

        if (_machine.Index.Find(pending.Id)!.Value.Receipt != Receipt.Committed) throw new InvalidOperationException($"failed: {sql}");
    }

    public NodeContent ReadAll()
    {
        var state = _machine.Latest;
        var blocks = new List<ReadOnlyMemory<byte>>();
        for (long height = 1; height <= state.Height; height++)
        {
            var record = _replication.ReadBlock(height) ?? throw new InvalidOperationException($"height {height} is missing");
            blocks.Add(record.Block.BlockDigest.ToArray());
            blocks.Add(record.Result.StateRoot.ToArray());
            blocks.Add(record.Result.ChangeSet);
            blocks.AddRange(record.Block.Transactions.Select(t => (ReadOnlyMemory<byte>)t.Id.ToArray()));
        }

        var content = new NodeContent(state.Height, state.Root, DigestOf(EntriesOf(state)), DigestOf(blocks), _votes, _storage.Repairs);
        return _fatal is null ? content : throw new InvalidOperationException(_fatal.Message, _fatal);
    }

    public async ValueTask DisposeAsync()
    {
        await _replication.DisposeAsync();
        _storage.Dispose();
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
}

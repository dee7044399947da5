using System.Collections.Concurrent;
using System.Net;
using Dadbs.ClusterHarness;
using Dadbs.Consensus;
using Dadbs.Replication;
using Dadbs.Server.Configuration;
using Dadbs.Storage;

namespace Dadbs.Server.Tests.Processes;

/// <summary>The last validator of a cluster, as a liar: it holds the key, links with the others over TLS, votes for nothing and authors whatever batch a test wants.</summary>
internal sealed class ForgingValidator : IPeerHandler, IAsyncDisposable
{
    private readonly NodeKey _key;
    private readonly Genesis _genesis;
    private readonly EpochScope _scope;
    private readonly int _self;
    private readonly PeerNetwork _network;
    private Tip _tip = Tip.Origin;
    private ulong _sequence;

    public ForgingValidator(NodeProcess node)
    {
        var data = new DataDirectory(node.DataDirectory);
        _genesis = GenesisJson.Parse(File.ReadAllText(data.GenesisFile));
        _key = KeyFile.Read(data.KeyFile);
        _scope = _genesis.ToScope();
        _self = _genesis.IndexOf(_key.PublicKey);
        _network = new PeerNetwork(_genesis, _key, [.. _genesis.Validators.Select(v => v.Address)], this, new PeerCounters(), TimeProvider.System);
        _network.Start(new IPEndPoint(IPAddress.Loopback, _genesis.Validators[_self].Address.Port));
    }

    /// <summary>Every position of the own lane that a validator acknowledged, with who did.</summary>
    public ConcurrentDictionary<(int Validator, long Position), bool> Acknowledged { get; } = new();

    public bool IsLinked => _network.Links.All(link => link is null || link.State == LinkState.Up);

    /// <summary>Sends every other validator the lane's next batch: one transaction, its tree signed with this key. Gives the transaction's id.</summary>
    public string SendBatch(uint role, byte[] body, NodeKey? signer = null)
    {
        long expiry = OutsideValidator.NowMicros + 60_000_000;
        byte[] core = TransactionEnvelope.Encode(_genesis.ChainId, _key.PublicKey, role, stream: 7, ++_sequence, expiry, body);
        var transaction = new PendingTransaction(core, Hash256.Sha256(core), role, expiry);
        byte[] payload = BatchPayload.SignAndEncode([transaction], signer ?? _key);

        var header = new BatchHeader(_scope.Epoch, new ValidatorId(_self), _tip.Position + 1, _tip.Digest, Digest.Sha256(payload), payload.Length, 1);
        Digest digest = Batch.DigestOf(_scope, header);
        var signature = new Signature(_key.Sign(System.Security.Cryptography.SHA256.HashData(SigningBytes.OfBatch(_scope, digest).Span)));
        var batch = Batch.Create(_scope, header, signature, payload);
        _tip = batch.Tip;

        var frame = new FrameWriter(FrameKind.Message);
        new Message.BatchMessage(batch, Proof: null).Encode(_scope, frame);
        ReadOnlyMemory<byte> bytes = frame.Finish();
        for (int peer = 0; peer < _genesis.Validators.Count; peer++)
        {
            if (peer != _self) _network.Send(peer, PeerChannel.Batches, bytes);
        }

        _network.Flush();
        return transaction.Id.ToHex();
    }

    public void LinkUp(int peer)
    {
    }

    public void LinkDown(int peer)
    {
    }

    public void Heard(int peer)
    {
    }

    public void Received(int peer, ReadOnlyMemory<byte> message)
    {
        if (Message.Decode(_scope, message) is not Message.Acknowledged { Acknowledgement: var acknowledgement }) return;
        foreach (LaneTip leaf in acknowledgement.Leaves)
        {
            if (leaf.Lane.Value == _self) Acknowledged[(peer, leaf.Tip.Position)] = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _key.Dispose();
    }
}

using Dadbs.Consensus;

namespace Dadbs.Replication.Tests.Hosting;

public sealed class InboxTests
{
    /// <summary>The loop would wait for an hour; whoever is heard does not end that, and is not forgotten either.</summary>
    [Fact]
    public async Task Who_is_heard_wakes_nobody_and_is_told_once_with_the_next_turn()
    {
        using var poller = new PeerPoller();
        var inbox = new Inbox(peers: 4, poller);
        Task<int> turn = Task.Run(() => inbox.Take(TimeSpan.FromHours(1), 1, 1).Count);
        inbox.NoteHeard(2);
        inbox.NoteHeard(2);
        inbox.Post(new Input.Tick());
        Assert.Equal(1, await turn);
        Assert.Equal([false, false, true, false], Enumerable.Range(0, inbox.Peers).Select(peer => inbox.TryTakeHeard(peer, out _)));
        Assert.False(inbox.TryTakeHeard(2, out _));
    }
}

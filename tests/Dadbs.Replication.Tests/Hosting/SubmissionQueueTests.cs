using Dadbs.Replication;
using Dadbs.Storage;

namespace Dadbs.Replication.Tests.Hosting;

public sealed class SubmissionQueueTests
{
    [Fact]
    public async Task A_writer_waits_while_the_queue_is_full_and_order_is_kept()
    {
        var queue = new SubmissionQueue(bytesMax: 25);
        ValueTask first = queue.EnqueueAsync(Pending(1, 20), CancellationToken.None);
        Assert.True(first.IsCompletedSuccessfully);
        await first;
        Task second = queue.EnqueueAsync(Pending(2, 20), CancellationToken.None).AsTask();
        // Would have room, but may not overtake.
        Task third = queue.EnqueueAsync(Pending(3, 5), CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);
        Assert.False(third.IsCompleted);

        Assert.Equal(1u, RoleOf(queue.TryDequeue()));
        await second;
        await third;
        Assert.Equal(2u, RoleOf(queue.TryDequeue()));
        Assert.Equal(3u, RoleOf(queue.TryDequeue()));
        Assert.Null(queue.TryDequeue());
    }

    [Fact]
    public async Task A_waiting_writer_can_be_cancelled_and_is_then_never_submitted()
    {
        var queue = new SubmissionQueue(bytesMax: 10);
        await queue.EnqueueAsync(Pending(1, 10), CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        Task second = queue.EnqueueAsync(Pending(2, 10), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1u, RoleOf(queue.TryDequeue()));
        Assert.Null(queue.TryDequeue());
    }

    [Fact]
    public async Task Who_loses_patience_is_never_submitted_and_holds_nobody_up()
    {
        var queue = new SubmissionQueue(bytesMax: 25);
        await queue.EnqueueAsync(Pending(1, 20), CancellationToken.None);
        Task large = queue.EnqueueAsync(Pending(2, 20), CancellationToken.None, TimeSpan.FromMilliseconds(1)).AsTask();
        Task small = queue.EnqueueAsync(Pending(3, 5), CancellationToken.None).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => large);
        await small;
        Assert.Equal(1u, RoleOf(queue.TryDequeue()));
        Assert.Equal(3u, RoleOf(queue.TryDequeue()));
        Assert.Null(queue.TryDequeue());
    }

    [Fact]
    public async Task A_transaction_larger_than_the_queue_passes_alone()
    {
        var queue = new SubmissionQueue(bytesMax: 10);
        await queue.EnqueueAsync(Pending(1, 1000), CancellationToken.None);
        Assert.Equal(1u, RoleOf(queue.TryDequeue()));
    }

    [Fact]
    public async Task Waiting_writers_learn_that_the_node_ends()
    {
        var queue = new SubmissionQueue(bytesMax: 10);
        await queue.EnqueueAsync(Pending(1, 10), CancellationToken.None);
        Task second = queue.EnqueueAsync(Pending(2, 10), CancellationToken.None).AsTask();
        queue.Close(new ReplicationException("over"));
        await Assert.ThrowsAsync<ReplicationException>(() => second);
        await Assert.ThrowsAsync<ReplicationException>(() => queue.EnqueueAsync(Pending(3, 1), CancellationToken.None).AsTask());
    }

    private static uint RoleOf(Dadbs.Consensus.LaneTransaction? transaction) => Assert.IsType<LaneSubmission>(transaction).Pending.Role;

    private static PendingTransaction Pending(uint role, int bytes) => new(new byte[bytes], Hash256.Sha256([(byte)role]), role, 0);
}

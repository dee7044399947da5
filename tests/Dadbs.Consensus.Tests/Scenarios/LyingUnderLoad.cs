using System.Text;
using Dadbs.Consensus.Tests.Simulation;

namespace Dadbs.Consensus.Tests.Scenarios;

/// <summary>
/// What a liar costs the others, in virtual time: clients that each wait for their last transaction before they send the next, four at every node. Processor time is not in it,
/// rounds and flushes and timers are.
/// </summary>
public sealed class LyingUnderLoad
{
    private const long Second = 1_000_000;
    private const int Liar = 3;
    private const int ClientsPerNode = 4;

    /// <summary>
    /// T2. Long enough after the first lie that the leader's sentences have grown: each of the first costs a timer. Who does not vote takes the fast way to finality (C1) from
    /// the others, and with it a round in three: what they keep is then measured against that.
    /// </summary>
    [Theory]
    [InlineData(AdversaryKind.EquivocatingLeader, 6, 7)]
    [InlineData(AdversaryKind.SilentLeader, 6, 7)]
    [InlineData(AdversaryKind.Silent, 3, 4)]
    [InlineData(AdversaryKind.Withholder, 6, 7)]
    [InlineData(AdversaryKind.Nullifier, 3, 4)]
    [InlineData(AdversaryKind.Replayer, 6, 7)]
    public void Once_a_liar_is_known_the_others_keep_their_pace(AdversaryKind kind, int kept, int of) => KeepTheirPace(60 + (int)kind, Adversary.Make(kind), kept, of);

    /// <summary>B1, T2: who sees which of its blocks is the leader's to choose, and no node holds two of them unless the others help.</summary>
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 1, 2)]
    public void Once_a_leader_that_splits_the_others_is_known_they_keep_six_sevenths_of_their_pace(int seenByFirst, int seenBySecond, int seenByThird)
    {
        int[] seen = [seenByFirst, seenBySecond, seenByThird];
        KeepTheirPace(80 + seenByThird, Adversary.LeaderWithTwins(peer => seen[peer.Value]), 6, 7);
    }

    /// <summary>V8: nobody is at fault who can be told, and the link lives.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Beside_one_that_says_nothing_to_one_of_them_the_others_keep_three_quarters_of_their_pace(int victim) =>
        KeepTheirPace(70 + victim, Adversary.SilentTo(peer => peer.Value == victim), 3, 4);

    /// <summary>V8: as where one has put the other off. The fast way to finality (C1) is what it costs.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 3)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void With_a_link_less_between_two_of_them_all_keep_two_thirds_of_their_pace(int left, int right) =>
        KeepTheirPace(90 + (left * 4) + right, simulation => simulation.Cut(left, right), 2, 3);

    private static void KeepTheirPace(int seed, Adversary adversary, int kept, int of) =>
        KeepTheirPace(seed, simulation => simulation.Nodes[Liar].Adversary = adversary, kept, of);

    private static void KeepTheirPace(int seed, Action<Simulation.Simulation> change, int kept, int of)
    {
        var simulation = new Simulation.Simulation(seed);
        simulation.BootAll();
        var clients = new WaitingClients(simulation);
        simulation.Run(Second);
        long before = clients.DoneByOthersIn(2 * Second);
        change(simulation);
        simulation.Run(8 * Second);
        long during = clients.DoneByOthersIn(2 * Second);
        Assert.True(during * of >= before * kept, $"{during} transactions instead of {before}");
    }

    private sealed class WaitingClients
    {
        private readonly Simulation.Simulation _simulation;
        private readonly HashSet<string> _waiting = [];
        private long _doneByOthers;
        private long _next;

        public WaitingClients(Simulation.Simulation simulation)
        {
            _simulation = simulation;
            foreach (SimulatedNode node in simulation.Nodes)
            {
                node.Executed = Answer;
                for (int client = 0; client < ClientsPerNode; client++)
                    Send(node);
            }
        }

        /// <summary>Transactions of the honest nodes' clients.</summary>
        public long DoneByOthersIn(long ticks)
        {
            long before = _doneByOthers;
            _simulation.Run(ticks);
            return _doneByOthers - before;
        }

        private void Send(SimulatedNode node)
        {
            string transaction = $"{node.Id.Value}-{_next++}";
            _waiting.Add(transaction);
            _simulation.After(_simulation.Random.Next(200, 800), () => node.Submit(transaction));
        }

        private void Answer(SimulatedNode node, DeliveredBlock block)
        {
            foreach (Batch batch in block.Batches)
            {
                foreach (LaneTransaction transaction in TestPayloads.Decode(batch.Payload))
                {
                    string text = Encoding.UTF8.GetString(transaction.Bytes.Span[..^1]);
                    if (!text.StartsWith($"{node.Id.Value}-", StringComparison.Ordinal) || !_waiting.Remove(text))
                        continue;
                    _doneByOthers += node.Id.Value == Liar ? 0 : 1;
                    Send(node);
                }
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;

using Grpc.Net.Client;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Concurrency;

/// <summary>
/// Many clients at once over real gRPC, against few accounts: what they saw is strictly serialisable, and a checker that
/// says so also complains of histories that are not. <c>KP_CROWD_SEED</c> runs one seed alone.
/// </summary>
public sealed class SerialOrderTests
{
    private const string SeedVariable = "KP_CROWD_SEED";
    private const int Clients = 24;
    private const int Channels = 4;
    private static readonly int Calls = TestScale.Of(always: 100, soak: 500);

    [Fact]
    public async Task Faults_OfACrowd_AreNone()
    {
        var only = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        for (var seed = only ?? 0; seed < (only + 1 ?? TestScale.Of(always: 2, soak: 40)); seed++)
        {
            var history = await RunAsync(seed);
            var faults = SerialOrder.Faults(history);
            Assert.True(faults.Count == 0, $"{SeedVariable}={seed}: {faults.Count} of {history.Count} calls: {string.Join("\n", faults.Take(5))}");
            CheckVariety(history);
        }
    }

    [Fact]
    public async Task Faults_TamperedHistories_AreAllFound()
    {
        var history = (await RunAsync(seed: 1)).ToList();
        Assert.Empty(SerialOrder.Faults(history));
        var writes = history.OfType<ObservedWrite>().Where(write => !write.IsReplay).OrderBy(write => write.Sequence).ToList();
        var (first, last) = (writes[writes.Count / 2], writes[^1]);
        var read = history.OfType<ObservedRead>().Where(read => !read.IsPast && read.Question == ModelAnswers.Balance(Market.WalletId)).MaxBy(read => read.Invoked)!;
        var early = history.OfType<ObservedRead>().Where(other => other.Question == read.Question && other.Answer != read.Answer).MinBy(other => other.Sequence);
        var accepted = writes.First(write => write.Reason == RejectionReason.None && write.Command.Body.Kind == CommandKind.Transfer && write.Sequence > first.Sequence);

        // Two places that were swapped, though one was answered before the other was asked.
        Expect("had been answered", history, (first, first with { Sequence = last.Sequence }), (last, last with { Sequence = first.Sequence }));
        // An answer that was right once, but not any more when it was asked for.
        Assert.NotNull(early);
        Expect("had been answered", history, (read, read with { Sequence = early.Sequence, Answer = early.Answer }));
        // An answer that was never right at its place.
        Expect("the model says", history, (read, read with { Answer = read.Answer + "1" }));
        // A refusal of what the rules accept.
        Expect("the model says executed:None", history, (accepted, accepted with { Reason = RejectionReason.InsufficientFunds }));
        // A command that was executed at two places, and one that was acknowledged at a place that is another's.
        Expect("is not the one of a command", history, (first, first with { Sequence = last.Sequence }));
        // A command that was acknowledged and lost.
        Expect("is not the one of a command", history, (first, null));
        // A later command at an earlier time.
        Expect("time falls", history, (last, last with { OrderedAtMicros = 0 }));
        // The same bytes with two answers.
        Expect("answered otherwise", [.. history, first with { IsReplay = true, Reason = RejectionReason.TooLarge }]);
    }

    private static void Expect(string complaint, IReadOnlyList<Observed> history, params (Observed Call, Observed? Instead)[] changes)
    {
        var changed = history.Select(call => changes.FirstOrDefault(change => ReferenceEquals(change.Call, call), (Call: call, Instead: call)).Instead);
        var faults = SerialOrder.Faults([.. changed.OfType<Observed>()]);
        Assert.True(faults.Any(fault => fault.Contains(complaint, StringComparison.Ordinal)), $"no fault says '{complaint}': {string.Join("\n", faults.Take(5))}");
    }

    // A crowd that is only refused, or never waits for each other, would prove nothing.
    private static void CheckVariety(IReadOnlyCollection<Observed> history)
    {
        var writes = history.OfType<ObservedWrite>().ToList();
        var accepted = writes.Where(write => write.Reason == RejectionReason.None).Select(write => write.Command.Body.Kind).ToHashSet();
        CommandKind[] wanted =
            [CommandKind.Transfer, CommandKind.TransferBatch, CommandKind.PlaceHold, CommandKind.CaptureHold, CommandKind.ReleaseHold, CommandKind.Purchase, CommandKind.Refund];
        Assert.All(wanted, kind => Assert.Contains(kind, accepted));
        Assert.Contains(writes, write => write.IsReplay);
        Assert.True(writes.Select(write => write.Reason).Distinct().Count() > 5, "few reasons for refusals");
        var ordered = history.OrderBy(call => call.Invoked).ToList();
        Assert.Contains(ordered.Zip(ordered.Skip(1)), pair => pair.Second.Invoked < pair.First.Answered);
    }

    private static async Task<IReadOnlyCollection<Observed>> RunAsync(int seed)
    {
        await using var fixture = await LedgerFixture.StartAsync();
        var history = new ConcurrentQueue<Observed>();
        var opened = await OpenAsync(fixture, new ObservingClient(fixture.Server.Channel, -1, history));
        var channels = Enumerable.Range(0, Channels).Select(_ => GrpcChannel.ForAddress(fixture.Server.GrpcAddress)).ToList();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => new Trader(
                new ObservingClient(channels[client % Channels], client, history), fixture.Signer("platform"), new Random((seed * 1_000) + client), objects: Calls)
                .RunAsync(opened, Calls))).WithinAsync("the crowd", TimeSpan.FromMinutes(5));
        }
        finally
        {
            channels.ForEach(channel => channel.Dispose());
        }

        return history;
    }

    private static async Task<ulong> OpenAsync(LedgerFixture fixture, ObservingClient client)
    {
        var owner = new AccountOwner { OrganizationId = "platform" };
        foreach (var (by, setBody) in Market.Opening(works: 1, deposit: 40_000, owner))
        {
            await client.SubmitAsync(fixture.Signer(by).Sign(setBody));
        }

        var newest = 0UL;
        foreach (var account in Trader.Accounts.Skip(1))
        {
            newest = await client.SubmitAsync(fixture.Signer("platform").Sign(payload => payload.OpenAccount = new(Market.Wallet(owner)) { AccountId = account }));
        }

        return newest;
    }
}

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Client.CrossLedger;
using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.CrossLedger;

/// <summary>Each call of a transfer fails once in each way; what the coordinator says is true, and the next run ends it on both sides.</summary>
public sealed class CrossLedgerFaultTests
{
    // A run makes fewer calls than this to either ledger.
    private const int CallsMax = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ServerAwayAtEachCall_IsUnknownAndCompletesLater(bool atSender) => await RunWithAsync(
        atSender, (_, _) => throw new RpcException(new Status(StatusCode.Unavailable, "away")), AssertUnknown);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_AnswerLostAtEachCall_IsFoundAgainOrUnknown(bool atSender) => await RunWithAsync(
        atSender,
        async (_, send) =>
        {
            await send();
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "lost"));
        },
        outcome => Assert.True(outcome is CrossLedgerOutcome.Unknown or CrossLedgerOutcome.Completed, $"{outcome}"));

    [Theory]
    [InlineData(true, "leaf")]
    [InlineData(false, "leaf")]
    [InlineData(true, "proof")]
    [InlineData(false, "proof")]
    [InlineData(true, "none")]
    [InlineData(false, "none")]
    public async Task Run_ForgedProofAtEachCall_IsNeverBelieved(bool atSender, string part)
    {
        var (forged, forgeries) = (false, 0);
        await RunWithAsync(
            atSender,
            async (_, send) =>
            {
                // Throws where the ledger has no receipt so far: then there is nothing to forge.
                forged = false;
                var answer = await send();
                Forge(answer is SubmitResponse submitted ? submitted.Receipt : ((GetReceiptResponse)answer).Receipt, part);
                (forged, forgeries) = (true, forgeries + 1);
                return answer;
            },
            outcome => Assert.IsType(forged ? typeof(CrossLedgerOutcome.Unknown) : typeof(CrossLedgerOutcome.Completed), outcome));

        // The hold and the capture of the side.
        Assert.Equal(2, forgeries);
    }

    [Fact]
    public async Task Run_ServersKilledInTheMiddleOfEachCall_CompletesOnBothOnce()
    {
        await using var pair = new PairFixture(twoProcesses: true);
        await pair.StartAsync();
        await pair.OpenAsync();
        var made = 0;
        for (var number = 0; number < CallsMax; number++)
        {
            var killed = false;
            var transfer = CrossLedgerCoordinatorTests.Transfer((byte)(100 + number));
            await new CrossLedgerCoordinator(pair.Side(PairFixture.Main, "platform", Killing(number)), pair.Side(PairFixture.Books, "operator"))
                .RunAsync(transfer, Stop).WithinAsync("the killed run");
            await pair.KillAsync();
            await pair.StartAsync();
            Assert.IsType<CrossLedgerOutcome.Completed>(await CrossLedgerCoordinatorTests.Coordinator(pair).RunAsync(transfer, Stop).WithinAsync("the transfer"));
            await CrossLedgerCoordinatorTests.AssertMovedAsync(pair, ++made * CrossLedgerCoordinatorTests.Amount);
            if (!killed)
            {
                break;
            }

            FaultyChannel.Fault Killing(int at) => async (call, send) =>
            {
                if (call != at)
                {
                    return await send();
                }

                killed = true;
                var sent = send();
                await pair.KillServersAsync();
                return await sent;
            };
        }

        Assert.InRange(made, 4, CallsMax - 1);
    }

    private static async Task RunWithAsync(bool atSender, FaultyChannel.Fault fault, Action<CrossLedgerOutcome> assert)
    {
        await using var pair = new PairFixture(twoProcesses: false);
        await pair.StartAsync();
        await pair.OpenAsync();
        var made = 0;
        for (var number = 0; number < CallsMax; number++)
        {
            var failed = false;
            FaultyChannel.Fault once = async (call, send) =>
            {
                if (call != number)
                {
                    return await send();
                }

                failed = true;
                return await fault(call, send);
            };
            var transfer = CrossLedgerCoordinatorTests.Transfer((byte)(100 + number));
            var coordinator = new CrossLedgerCoordinator(
                pair.Side(PairFixture.Main, "platform", atSender ? once : null), pair.Side(PairFixture.Books, "operator", atSender ? null : once));

            var outcome = await coordinator.RunAsync(transfer, Stop).WithinAsync("the faulty run");
            made++;
            if (!failed)
            {
                Assert.IsType<CrossLedgerOutcome.Completed>(outcome);
                break;
            }

            assert(outcome);
            Assert.IsType<CrossLedgerOutcome.Completed>(await CrossLedgerCoordinatorTests.Coordinator(pair).RunAsync(transfer, Stop).WithinAsync("the transfer"));
            await CrossLedgerCoordinatorTests.AssertMovedAsync(pair, made * CrossLedgerCoordinatorTests.Amount);
        }

        Assert.InRange(made, 4, CallsMax - 1);
    }

    private static void AssertUnknown(CrossLedgerOutcome outcome) => Assert.IsType<CrossLedgerOutcome.Unknown>(outcome);

    private static void Forge(ReceiptProof proof, string part)
    {
        if (part == "leaf")
        {
            var bytes = proof.Leaf.ToByteArray();
            bytes[^1] ^= 1;
            proof.Leaf = ByteString.CopyFrom(bytes);
        }
        else
        {
            proof.TlogProof = part == "none" ? string.Empty : $"{proof.TlogProof[..^6]}AAAA=\n";
        }
    }
}

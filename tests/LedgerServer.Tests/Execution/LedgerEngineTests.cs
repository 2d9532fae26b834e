using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution;

public sealed class LedgerEngineTests
{
    [Fact]
    public void Execute_SameKeyAndPayload_NamesFirstSequenceAndChangesNothing()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("pay", SampleCommands.Clearing());
        ledger.Run(command);
        var before = StateText.Of(ledger.State);

        var again = ledger.Engine.Execute(command, 1, ledger.Now);

        Assert.Equal(new Replayed(0), again);
        Assert.Equal(before, StateText.Of(ledger.State));
        Assert.Equal(1UL, ledger.State.NextSequence);
    }

    [Fact]
    public void Execute_SameKeyOfRejectedCommand_NamesFirstSequence()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("plat", SampleCommands.Clearing());
        ledger.Run(command);

        Assert.Equal(new Replayed(0), ledger.Engine.Execute(command, 1, ledger.Now));
    }

    [Fact]
    public void Execute_SameKeyOtherPayload_ConflictsAndChangesNothing()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("pay", SampleCommands.Clearing());
        ledger.Run(command);
        var other = ledger.Command("pay", SampleCommands.Clearing()) with { IdempotencyKey = command.IdempotencyKey };

        Assert.Equal(new Conflict(0), ledger.Engine.Execute(other, 1, ledger.Now));
        Assert.Equal(1UL, ledger.State.NextSequence);
    }

    [Fact]
    public void Execute_SameKeyOfOtherOrganization_Executes()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("pay", SampleCommands.Clearing());
        ledger.Run(command);

        var receipt = ledger.Run(command with { OrganizationId = "plat", KeyId = "k-plat", Body = SampleCommands.Wallet() });

        Assert.Null(receipt.Rejection);
    }

    [Fact]
    public void Execute_SequenceNotNext_Throws()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("pay", SampleCommands.Clearing());

        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Engine.Execute(command, 1, ledger.Now));
    }

    [Fact]
    public void Execute_TimeFalls_Throws()
    {
        var ledger = new TestLedger();
        ledger.Accept("pay", SampleCommands.Clearing());
        var command = ledger.Command("plat", SampleCommands.Wallet());

        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Engine.Execute(command, 1, ledger.Now - 1));
    }

    [Fact]
    public void Execute_AcceptedCommand_ReceiptRepeatsTheCommand()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("pay", SampleCommands.Clearing());

        var receipt = ledger.Run(command);

        Assert.Equal(0UL, receipt.Sequence);
        Assert.Equal(TestLedger.Start, receipt.OrderedAtMicros);
        Assert.Equal(command.CommandHash, receipt.CommandHash);
        Assert.Equal(command.IdempotencyKey, receipt.IdempotencyKey);
        Assert.Equal(CommandKind.OpenAccount, receipt.Kind);
        Assert.Equal(LedgerEngine.Version, receipt.EngineVersion);
    }

    [Fact]
    public void Execute_SeveralFaults_FirstCheckInDocumentedOrderDecides()
    {
        var ledger = new TestLedger();
        var command = ledger.Command("ghost", SampleCommands.Clearing()) with
        {
            KeyId = "k-none",
            NotAfterMicros = TestLedger.Start - 1,
        };
        ledger.Refuse(RejectionReason.UnknownOrganization, command);
        ledger.Refuse(RejectionReason.UnknownKey, Next(ledger, command with { OrganizationId = "aud" }));
        ledger.Refuse(
            RejectionReason.KeyNotOfOrganization, Next(ledger, command with { OrganizationId = "aud", KeyId = "k-op" }));
        ledger.Refuse(
            RejectionReason.Expired, Next(ledger, command with { OrganizationId = "aud", KeyId = "k-aud" }));
        ledger.Refuse(
            RejectionReason.NotYetValid,
            Next(ledger, command with { OrganizationId = "aud", KeyId = "k-aud", NotBeforeMicros = TestLedger.Start + 1 }));
        ledger.Refuse(RejectionReason.RoleMissing, "aud", SampleCommands.Clearing());
    }

    [Fact]
    public void Execute_AtBothEndsOfTheWindow_IsAccepted()
    {
        var ledger = new TestLedger();

        var receipt = ledger.Run(ledger.Command("pay", SampleCommands.Clearing()) with
        {
            NotBeforeMicros = TestLedger.Start,
            NotAfterMicros = TestLedger.Start,
        });

        Assert.Null(receipt.Rejection);
    }

    [Theory]
    [InlineData(null, 0, RejectionReason.None)]
    [InlineData(null, 1, RejectionReason.TimeInvalid)]
    [InlineData(-3_600_000_000L, 0, RejectionReason.None)]
    [InlineData(-3_600_000_000L, 1, RejectionReason.TimeInvalid)]
    public void Execute_WindowOfADayAndMore_EndsAtExactly24Hours(long? notBefore, long beyond, object reason)
    {
        var ledger = new TestLedger();

        var receipt = ledger.Run(ledger.Command("pay", SampleCommands.Clearing()) with
        {
            NotBeforeMicros = TestLedger.Start + notBefore,
            NotAfterMicros = TestLedger.Start + (notBefore ?? 0) + 86_400_000_000 + beyond,
        });

        Assert.Equal(reason, receipt.Rejection?.Reason ?? RejectionReason.None);
    }

    [Fact]
    public void HandlerTable_Kinds_AreThoseOfThisVersion()
    {
        Assert.Equal(
            [
                CommandKind.EnrolOrganization, CommandKind.AddKey, CommandKind.RotateKey, CommandKind.RevokeKey,
                CommandKind.SuspendOrganization, CommandKind.ReinstateOrganization, CommandKind.ChangeRoles,
                CommandKind.ChangePolicy, CommandKind.DeclareCurrency, CommandKind.ActivateEngine, CommandKind.ApproveChange,
                CommandKind.RegisterWork, CommandKind.TransferOwnership, CommandKind.PublishOffer, CommandKind.WithdrawOffer,
                CommandKind.GrantLicence,
                CommandKind.TransferLicence, CommandKind.RevokeLicence, CommandKind.OpenDispute, CommandKind.ResolveDispute,
                CommandKind.ProposeAgreement, CommandKind.AcceptAgreement, CommandKind.RefuseAgreement, CommandKind.TerminateAgreement,
                CommandKind.OpenAccount, CommandKind.Deposit, CommandKind.Transfer, CommandKind.TransferBatch,
                CommandKind.Purchase, CommandKind.Payout, CommandKind.PostMultiple, CommandKind.PlaceHold,
                CommandKind.CaptureHold, CommandKind.ReleaseHold, CommandKind.Refund, CommandKind.Chargeback,
                CommandKind.OpenPool, CommandKind.Subscribe, CommandKind.RecordUsage, CommandKind.SettlePool,
                CommandKind.OpenSettlementPeriod, CommandKind.CloseSettlementPeriod, CommandKind.GrantConsent, CommandKind.RevokeConsent,
                CommandKind.RecordAccess, CommandKind.CommitSubjectData, CommandKind.EraseSubject, CommandKind.RecordRevenue,
            ],
            HandlerTable.Kinds);
    }

    [Fact]
    public void Constructor_MoreApprovalsThanApprovers_SaysHowManyThereAre()
    {
        var genesis = TestLedger.NewGenesis() with { ApprovalsNeeded = 3 };

        var exception = Assert.Throws<ArgumentException>(() => new LedgerEngine(genesis, new SampleSignatures()));

        Assert.Contains("approvals_needed: must be 1 to the number of approvers, 2, not 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_SeveralFaults_AreAllNamed()
    {
        var genesis = TestLedger.NewGenesis() with
        {
            NetworkId = "",
            Currencies = [new CurrencyDefinition("EUR", 2), new CurrencyDefinition("EUR", 2)],
            Organizations = [TestLedger.Organization("plat", Role.Platform), TestLedger.Organization("plat", Role.Platform)],
            ApproverOrganizationIds = ["plat"],
        };

        var faults = GenesisValidator.Faults(genesis);

        Assert.Equal(6, faults.Count);
    }

    private static Command Next(TestLedger ledger, Command command) => command with
    {
        IdempotencyKey = ledger.Command("op", command.Body).IdempotencyKey,
    };
}

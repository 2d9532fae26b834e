using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Holds.Foreign;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Tiles;

namespace KpGrpc.LedgerServer.Tests.Wire;

/// <summary>Tiles hold leaves of at most 65,535 bytes: the kinds whose effects grow with their lists, at the rules' limits.</summary>
public sealed class ReceiptSizeTests
{
    private const int EnvelopeBytes = 2_048;
    private static readonly string Id = new('i', EngineLimits.IdLengthMax);
    private static readonly string OrganizationId = new('o', EngineLimits.OrganizationIdLengthMax);
    private static readonly Money Most = new(long.MaxValue, "EUR", 2);
    private static readonly ReceiptEncoder Encoder = new(Id, Id);

    [Fact]
    public void Encode_LargestSale_FitsTileAndTheEstimateOfBatches()
    {
        const int partsMax = EngineLimits.PartiesMax + EngineLimits.RoyaltyOwnersMax;
        var postings = Postings(partsMax + 1);
        var openings = Enumerable.Repeat<Effect>(new AccountOpened(RevenueAccount()), partsMax);
        var lines = Enumerable.Repeat(
            new SplitLine(OrganizationId, Role.PaymentProvider, EngineLimits.WholePpm, Most, Id), EngineLimits.PartiesMax)
            .Concat(Enumerable.Repeat(
                new SplitLine(OrganizationId, Role.PaymentProvider, EngineLimits.WholePpm, Most, Id, Id), EngineLimits.RoyaltyOwnersMax));
        var split = new SplitResult
        {
            AgreementId = Id,
            AgreementVersion = uint.MaxValue,
            RevenueKind = RevenueKind.Sale,
            Rounding = RoundingRule.LargestRemainder,
            Amount = Most,
            Lines = [.. lines],
        };

        AssertSize(CommandKind.Purchase, EnvelopeBytes + 45_000, [.. openings, .. postings, new PurchaseMade(Id, Id, Id, Id, split), new LicenceGranted(Licence())]);
        AssertSize(CommandKind.RecordRevenue, EnvelopeBytes + 45_000, [.. openings, .. postings, new RevenueSplit(Id, Id, split)]);
        AssertSize(
            CommandKind.Refund,
            EnvelopeBytes + 55_000,
            [.. Postings(2 * EngineLimits.EscrowReturnsMax), .. postings, new PurchaseRefunded(Id, Id, true, split, Most), new LicenceRevoked(Id, Id)]);
    }

    [Fact]
    public void Encode_LargestResolution_FitsTileAndTheEstimateOfBatches()
    {
        var owners = Enumerable.Repeat(new OwnerShare(OrganizationId, EngineLimits.WholePpm), EngineLimits.OwnersMax).ToArray();
        var openings = Enumerable.Repeat<Effect>(new AccountOpened(RevenueAccount()), EngineLimits.EscrowSharesMax);
        var postings = Enumerable.Repeat<Effect>(
            new Posting(Id, Direction.Credit, Most, PostingState.Posted, PostingReason.Escrow), 2 * EngineLimits.EscrowSharesMax);
        AssertSize(
            CommandKind.ResolveDispute,
            EnvelopeBytes + 60_000,
            [new DisputeVoted(Id, OrganizationId, true, owners), .. openings, .. postings, new DisputeResolved(Id, true, owners)]);
    }

    [Fact]
    public void Encode_LargestWork_FitsTileAndTheEstimateOfBatches()
    {
        var owners = Enumerable.Repeat(new OwnerShare(Id, EngineLimits.WholePpm), 64).ToArray();
        AssertSize(CommandKind.RegisterWork, EnvelopeBytes + (160 * owners.Length), [new WorkRegistered(Id, default, owners)]);
    }

    [Fact]
    public void Encode_LargestErasure_FitsTile()
    {
        var ended = Enumerable.Repeat<Effect>(new ConsentRevoked(Id), EngineLimits.ConsentsPerSubjectMax);
        AssertSize(CommandKind.EraseSubject, EntryBundle.MaxEntrySize, [.. ended, new Erased(new string('a', 64))]);
    }

    [Fact]
    public void Encode_LargestEnrolment_FitsTile()
    {
        var key = new KeyDefinition { KeyId = Id, Algorithm = KeyAlgorithm.EcdsaP256Sha256, PublicKey = new byte[33], Roles = Enum.GetValues<Role>() };
        var organization = new Organization
        {
            OrganizationId = OrganizationId,
            DisplayName = new string('n', 256),
            Roles = RoleSet.Of([.. Enum.GetValues<Role>()]),
            Status = OrganizationStatus.Active,
            EnrolledAtSequence = ulong.MaxValue,
        };
        var keys = Enumerable.Repeat<Effect>(new KeyAdded(OrganizationId, key), EngineLimits.FirstKeysMax);
        Effect[] effects = [new OrganizationEnrolled(organization), .. keys];
        AssertSize(CommandKind.EnrolOrganization, EntryBundle.MaxEntrySize, effects);
        AssertSize(CommandKind.ApproveChange, EnvelopeBytes + 8_192, [new ChangeVoted(default, OrganizationId, true, true), .. effects]);
    }

    [Fact]
    public void Encode_LargestPolicy_FitsTheEstimateOfBatches()
    {
        var policy = new ApprovalPolicy(EngineLimits.ApproversMax, [.. Enumerable.Repeat(OrganizationId, EngineLimits.ApproversMax)]);
        AssertSize(CommandKind.ApproveChange, EnvelopeBytes + 8_192, [new ChangeVoted(default, OrganizationId, true, true), new PolicyChanged(policy)]);
    }

    [Fact]
    public void Encode_LargestSmallChanges_FitTheEnvelope()
    {
        var roles = RoleSet.Of([.. Enum.GetValues<Role>()]);
        AssertSize(CommandKind.ChangeRoles, EnvelopeBytes, [new RolesChanged(OrganizationId, roles)]);
        AssertSize(CommandKind.RevokeKey, EnvelopeBytes, [new KeyRevoked(OrganizationId, Id)]);
        AssertSize(CommandKind.SuspendOrganization, EnvelopeBytes, [new ChangeProposed(default, 64), new ChangeVoted(default, OrganizationId, false, false)]);
    }

    [Fact]
    public void Encode_LargestMultiPosting_FitsTileAndTheEstimateOfBatches() =>
        AssertSize(CommandKind.PostMultiple, EnvelopeBytes + (192 * EngineLimits.PostingLinesMax), [.. Enumerable.Repeat<Effect>(
            new Posting(Id, Direction.Credit, Most, PostingState.Posted, PostingReason.Transfer), EngineLimits.PostingLinesMax)]);

    [Fact]
    public void Encode_LargestHoldAndSweptHolds_FitTheEstimateOfBatches()
    {
        var hold = new HoldRecord
        {
            HoldId = Id,
            AccountId = Id,
            DestinationAccountId = Id,
            Amount = Most,
            Status = HoldStatus.Open,
            ExpiresAtMicros = OrderTime.MaxMicros,
            Foreign = new ForeignLeg(Id, new string('l', 255), Id),
            PlacedAtSequence = ulong.MaxValue,
            PlacedByOrganizationId = OrganizationId,
        };
        Effect[] swept = [Line(PostingState.Released), Line(PostingState.Released), new HoldReleased(Id, Most, true)];
        Effect[] captured =
        [
            Line(PostingState.Released), Line(PostingState.Released), Line(PostingState.Posted), Line(PostingState.Posted),
            new HoldCaptured(Id, Most, Most, default(KpGrpc.MerkleLog.Hashing.Hash256)), .. swept,
        ];

        AssertSize(CommandKind.PlaceHold, EnvelopeBytes + 1_536, [Line(PostingState.Held), Line(PostingState.Held), new HoldPlaced(hold)]);
        AssertSize(CommandKind.CaptureHold, EnvelopeBytes + 1_536, captured);
        Assert.InRange(Encode(CommandKind.PlaceHold, swept).Length - Encode(CommandKind.PlaceHold, []).Length, 1, 896);
        AssertSize(CommandKind.Transfer, EnvelopeBytes, [Line(PostingState.Posted), Line(PostingState.Posted), .. swept]);

        static Posting Line(PostingState state) => new(Id, Direction.Credit, Most, state, PostingReason.Hold, Id);
    }

    [Fact]
    public void Encode_SmallEffects_FitTheEnvelope()
    {
        AssertSize(CommandKind.Subscribe, EnvelopeBytes, [.. Postings(2), new PoolFunded(Id, Id, Id, Most)]);
        AssertSize(CommandKind.OpenPool, EnvelopeBytes, [new AccountOpened(RevenueAccount()), new PoolOpened(Id, Id)]);
        AssertSize(CommandKind.RecordUsage, EnvelopeBytes, [new UsageRecorded(Id, Id, uint.MaxValue, ulong.MaxValue)]);
        AssertSize(CommandKind.OpenDispute, EnvelopeBytes, [new DisputeOpened(Id, Id)]);
        AssertSize(CommandKind.TransferOwnership, EnvelopeBytes, [new OwnershipTransferred(Id, OrganizationId, OrganizationId, EngineLimits.WholePpm)]);
        AssertSize(CommandKind.GrantConsent, EnvelopeBytes, [new ConsentGranted(Id, new string('a', 64), OrganizationId)]);
        AssertSize(
            CommandKind.AcceptAgreement,
            EnvelopeBytes + (160 * (EngineLimits.ActiveVersionsMax + 1)),
            [
                .. Enumerable.Repeat<Effect>(new AgreementEnded(Id, uint.MaxValue, AgreementStatus.Superseded), EngineLimits.ActiveVersionsMax + 1),
                new AgreementAccepted(Id, uint.MaxValue, OrganizationId), new AgreementActivated(Id, uint.MaxValue),
            ]);
    }

    [Fact]
    public void Encode_LongestRejection_FitsTheEnvelope() =>
        AssertSize(CommandKind.Transfer, EnvelopeBytes, [], new Rejection(RejectionReason.UnknownAccount, new string('m', Rejection.MessageBytesMax)));

    [Fact]
    public void Encode_MoreThanATileHolds_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Encode(CommandKind.Transfer, [.. Enumerable.Repeat(new OfferWithdrawn(Id), 600)]));

    private static void AssertSize(CommandKind kind, int bytesMax, IReadOnlyList<Effect> effects, Rejection? rejection = null) =>
        Assert.InRange(Encode(kind, effects, rejection).Length, 1, Math.Min(bytesMax, EntryBundle.MaxEntrySize));

    private static byte[] Encode(CommandKind kind, IReadOnlyList<Effect> effects, Rejection? rejection = null) => Encoder.Encode(new Receipt
    {
        Sequence = ulong.MaxValue,
        OrderedAtMicros = OrderTime.MaxMicros,
        CommandHash = default,
        OrganizationId = OrganizationId,
        KeyId = Id,
        IdempotencyKey = new IdempotencyKey(UInt128.MaxValue),
        Kind = kind,
        Rejection = rejection,
        Effects = effects,
        EngineVersion = uint.MaxValue,
    });

    private static IEnumerable<Effect> Postings(int count) =>
        Enumerable.Repeat<Effect>(new Posting(Id, Direction.Credit, Most, PostingState.Posted, PostingReason.PurchaseShare), count);

    private static Account RevenueAccount() => new()
    {
        AccountId = Id,
        Owner = AccountOwner.Organization(OrganizationId),
        Kind = AccountKind.Revenue,
        CurrencyCode = "EUR",
        Exponent = 8,
        Limits = default,
        OpenedAtSequence = ulong.MaxValue,
        OpenedByOrganizationId = OrganizationId,
    };

    private static Licence Licence() => new()
    {
        LicenceId = Id,
        WorkId = Id,
        Holder = new LicenceHolder(new string('a', 64), null),
        Terms = new LicenceTerms
        {
            Use = LicenceUse.Personal,
            PeriodDays = 36_500,
            Territories = [.. Enumerable.Repeat("DE", 250)],
            Transferable = true,
            Seats = 1_000_000,
            TermsUri = new string('u', 2_048),
            TermsHash = new byte[32],
        },
        ValidFromMicros = OrderTime.MaxMicros,
        ValidUntilMicros = OrderTime.MaxMicros,
        PurchaseId = Id,
        GrantedByOrganizationId = OrganizationId,
        HeldSinceSequence = ulong.MaxValue,
        GrantedAtSequence = ulong.MaxValue,
    };
}

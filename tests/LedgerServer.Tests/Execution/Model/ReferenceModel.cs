using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Membership.Keys;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Ownership;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Governance;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Model.Sharing;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>
/// The rules a second time, written naively from the documents: reads the same commands as the engine and shares no rule
/// with it. It knows only well-formed fields; malformed ones have tests of their own.
/// </summary>
internal sealed class ReferenceModel
{
    private readonly Dictionary<string, (ulong Sequence, string Payload)> _seen = [];
    private readonly ModelTrade _trade;
    private readonly ModelRights _rights;
    private readonly ModelCopyright _copyright;
    private readonly ModelDisputes _disputes;
    private readonly ModelPayments _payments;
    private readonly ModelRefunds _refunds;
    private readonly ModelSharing _sharing;
    private readonly ModelTransfers _transfers;
    private readonly ModelGovernance _governance;
    private readonly ModelPools _pools;
    private readonly ModelPeriods _periods;

    public ReferenceModel()
    {
        _governance = new ModelGovernance(State);
        _rights = new ModelRights(State);
        _copyright = new ModelCopyright(State);
        _disputes = new ModelDisputes(State);
        Book = new ModelBook(State);
        Earnings = new ModelEarnings(State);
        _pools = new ModelPools(State, _rights, Book, Earnings);
        _periods = new ModelPeriods(State, Book, Earnings);
        _trade = new ModelTrade(State, _rights, _copyright, Book, Earnings);
        _transfers = new ModelTransfers(State, _trade);
        _payments = new ModelPayments(State, Book);
        _refunds = new ModelRefunds(State, Book, Earnings);
        _sharing = new ModelSharing(State);
    }

    public ModelState State { get; } = new();

    public ModelBook Book { get; }

    public ModelEarnings Earnings { get; }

    public ModelSharing Sharing => _sharing;

    public ulong Next { get; private set; }

    /// <summary>"executed:" and the reason or nothing, "replayed:" or "conflict:" and the first sequence.</summary>
    public string Execute(Command command, long now)
    {
        var key = command.OrganizationId + "|" + command.IdempotencyKey.Value;
        var payload = command.PayloadHash.ToHex();
        if (_seen.TryGetValue(key, out var first))
        {
            return (first.Payload == payload ? "replayed:" : "conflict:") + first.Sequence;
        }

        _seen.Add(key, (Next, payload));
        _periods.Reach(Next, now);
        Next++;
        var reason = Identity(command, now) ?? Run(command, now);
        if (reason is null)
        {
            _payments.Sweep(command.Body.Kind, now);
        }

        _periods.Note(Next - 1, command.Body);
        return "executed:" + (reason ?? "None");
    }

    private string? Identity(Command command, long now)
    {
        if (!State.Organizations.ContainsKey(command.OrganizationId))
        {
            return "UnknownOrganization";
        }

        if (State.Suspended.Contains(command.OrganizationId))
        {
            return "OrganizationSuspended";
        }

        if (!State.KeyOwners.TryGetValue(command.KeyId, out var owner))
        {
            return "UnknownKey";
        }

        if (State.RevokedKeys.Contains(command.KeyId))
        {
            return "KeyRevoked";
        }

        if (owner != command.OrganizationId)
        {
            return "KeyNotOfOrganization";
        }

        if (command.NotBeforeMicros is { } from && now < from)
        {
            return "NotYetValid";
        }

        if (now > command.NotAfterMicros)
        {
            return "Expired";
        }

        var start = command.NotBeforeMicros ?? now;
        return TimeSpan.FromMicroseconds(command.NotAfterMicros - start) > TimeSpan.FromHours(24) ? "TimeInvalid" : null;
    }

    private string? Run(Command command, long now) => command.Body switch
    {
        ChangeBody or AddKey or RotateKey or ApproveChange => _governance.Run(command, now),
        OpenAccount body => _trade.Open(command.OrganizationId, body),
        Deposit body => _trade.Deposit(command.OrganizationId, body, now),
        Transfer body => _trade.Transfer(command.OrganizationId, body, now),
        TransferBatch body => _transfers.Run(command.OrganizationId, body, Next - 1, now),
        Purchase body => _trade.Buy(command.OrganizationId, body, now),
        Payout body => _payments.PayOut(command.OrganizationId, body, now),
        PostMultiple body => _payments.Multiple(command.OrganizationId, body, now),
        Refund body => _refunds.Refund(command.OrganizationId, body, now),
        Chargeback body => _refunds.ChargeBack(command.OrganizationId, body, now),
        PlaceHold body => _payments.Place(command.OrganizationId, body, now),
        CaptureHold body => _payments.Capture(command.OrganizationId, body, now),
        ReleaseHold body => _payments.Release(command.OrganizationId, body, now),
        OpenPool body => _pools.Open(command.OrganizationId, body),
        Subscribe body => _pools.Subscribe(command.OrganizationId, body, now),
        RecordUsage body => _pools.Record(command.OrganizationId, body, now),
        SettlePool body => _pools.Settle(command.OrganizationId, body, now),
        OpenSettlementPeriod body => _periods.Open(command.OrganizationId, body, Next - 1, now),
        CloseSettlementPeriod body => _periods.Close(command.OrganizationId, body, Next - 1, now),
        RegisterWork body => _copyright.Register(command.OrganizationId, body),
        TransferOwnership body => _copyright.Pass(command.OrganizationId, body),
        OpenDispute body => _disputes.Open(command.OrganizationId, body),
        ResolveDispute body => _disputes.Vote(command.OrganizationId, body),
        GrantLicence body => _copyright.Grant(command.OrganizationId, body, now),
        TransferLicence body => _copyright.PassOn(command.OrganizationId, body, now),
        RevokeLicence body => _copyright.Revoke(command.OrganizationId, body, now),
        RecordRevenue body => _trade.Record(command.OrganizationId, body, now),
        PublishOffer body => _rights.Publish(command.OrganizationId, body.Offer, now),
        WithdrawOffer body => _rights.Withdraw(command.OrganizationId, body.OfferId),
        ProposeAgreement body => _rights.Propose(command.OrganizationId, body, now),
        AcceptAgreement body => _rights.Accept(command.OrganizationId, body, now),
        RefuseAgreement body => _rights.Refuse(command.OrganizationId, body),
        TerminateAgreement body => _rights.Terminate(command.OrganizationId, body, now),
        GrantConsent body => _sharing.Grant(command.OrganizationId, body, now, Next - 1),
        RevokeConsent body => _sharing.Revoke(command.OrganizationId, body.ConsentId, now, Next - 1),
        RecordAccess body => _sharing.Access(command.OrganizationId, body, now),
        CommitSubjectData body => _sharing.Commit(command.OrganizationId, body),
        EraseSubject body => _sharing.Erase(command.OrganizationId, body.SubjectPseudonym, now, Next - 1),
        _ => "CommandUnsupported",
    };
}

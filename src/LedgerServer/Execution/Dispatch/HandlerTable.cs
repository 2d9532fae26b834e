using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Governance.Engines;
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

namespace KpGrpc.LedgerServer.Execution.Dispatch;

/// <summary>Which kinds this engine executes, and by whose rules: the table of contents of the engine.</summary>
internal static class HandlerTable
{
    private static readonly CommandHandler[] Handlers =
    [
        new EnrolOrganizationHandler(),
        new AddKeyHandler(),
        new RotateKeyHandler(),
        new RevokeKeyHandler(),
        new SuspendOrganizationHandler(),
        new ReinstateOrganizationHandler(),
        new ChangeRolesHandler(),
        new ChangePolicyHandler(),
        new DeclareCurrencyHandler(),
        new ActivateEngineHandler(LedgerEngine.Version),
        new ApproveChangeHandler(),
        new RegisterWorkHandler(),
        new TransferOwnershipHandler(),
        new PublishOfferHandler(),
        new WithdrawOfferHandler(),
        new GrantLicenceHandler(),
        new TransferLicenceHandler(),
        new RevokeLicenceHandler(),
        new OpenDisputeHandler(),
        new ResolveDisputeHandler(),
        new ProposeAgreementHandler(),
        new AcceptAgreementHandler(),
        new RefuseAgreementHandler(),
        new TerminateAgreementHandler(),
        new OpenAccountHandler(),
        new DepositHandler(),
        new TransferHandler(),
        new TransferBatchHandler(),
        new PurchaseHandler(),
        new PayoutHandler(),
        new PostMultipleHandler(),
        new PlaceHoldHandler(),
        new CaptureHoldHandler(),
        new ReleaseHoldHandler(),
        new RefundHandler(),
        new ChargebackHandler(),
        new OpenPoolHandler(),
        new SubscribeHandler(),
        new RecordUsageHandler(),
        new SettlePoolHandler(),
        new OpenSettlementPeriodHandler(),
        new CloseSettlementPeriodHandler(),
        new GrantConsentHandler(),
        new RevokeConsentHandler(),
        new RecordAccessHandler(),
        new CommitSubjectDataHandler(),
        new EraseSubjectHandler(),
        new RecordRevenueHandler(),
    ];

    private static readonly Dictionary<CommandKind, CommandHandler> ByKind =
        Handlers.ToDictionary(handler => handler.Kind);

    /// <summary>The kinds executed, in the order of the table.</summary>
    public static IReadOnlyList<CommandKind> Kinds { get; } = [.. Handlers.Select(handler => handler.Kind)];

    /// <summary>The handler of a kind; null where this engine does not execute it.</summary>
    public static CommandHandler? Find(CommandKind kind) => ByKind.GetValueOrDefault(kind);
}

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Model.Sharing;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>
/// Points a random step at what exists, so that many sequences get past the first checks: without it, of a hundred
/// purchases one would be accepted.
/// </summary>
internal static class Aim
{
    public static (string By, CommandBody Body) At(LedgerState state, Step step) => step.Body switch
    {
        OpenAccount open => (open.Owner.OrganizationId ?? "plat", open),
        Deposit deposit => ("pay", At(state, deposit, step.Back)),
        Transfer transfer => At(state, transfer, step.Back),
        TransferBatch batch => At(state, batch, step.Back),
        PublishOffer offer => At(state, offer, step.Back),
        ProposeAgreement proposal => At(state, proposal),
        AcceptAgreement accept => At(state, step.By, accept),
        RefuseAgreement refuse => At(state, step, refuse.AgreementId, AgreementStatus.Proposed),
        TerminateAgreement end => At(state, step, end.AgreementId, AgreementStatus.Active),
        RecordRevenue revenue => At(state, revenue, step.Back),
        Purchase purchase => ("plat", At(state, purchase, step.Back)),
        GrantConsent or RevokeConsent or RecordAccess or CommitSubjectData or EraseSubject => SharingGen.Aim(state, step),
        _ => CopyrightAim.At(state, step) ?? PoolAim.At(state, step) ?? PaymentAim.At(state, step) ?? ("op", step.Body),
    };

    // Derived works stand last; every second offer is of one, so that sales pay royalties.
    private static (string, CommandBody) At(LedgerState state, PublishOffer offer, int index)
    {
        var work = state.Works.All[index % 2 == 0 ? state.Works.All.Count - 1 : index % state.Works.All.Count].Details;
        return (work.Owners[0].OrganizationId, new PublishOffer(offer.Offer with { WorkId = work.WorkId }));
    }

    private static AccountState Account(LedgerState state, int index) =>
        state.Accounts.All[index % state.Accounts.All.Count];

    private static Deposit At(LedgerState state, Deposit deposit, int index)
    {
        var account = Account(state, index).Account;
        return deposit with
        {
            ClearingAccountId = "clearing",
            AccountId = account.AccountId,
            Amount = new Money(deposit.Amount.MinorUnits, account.CurrencyCode, account.Exponent),
        };
    }

    private static (string, CommandBody) At(LedgerState state, Transfer transfer, int index)
    {
        var debit = Account(state, index).Account;
        return (debit.Owner.OrganizationId ?? debit.OpenedByOrganizationId, transfer with
        {
            DebitAccountId = debit.AccountId,
            CreditAccountId = Account(state, index / 2).Account.AccountId,
            Amount = new Money(transfer.Amount.MinorUnits, debit.CurrencyCode, debit.Exponent),
        });
    }

    // Real accounts in the batch's places, by whoever may debit the first.
    private static (string, CommandBody) At(LedgerState state, TransferBatch batch, int index)
    {
        var first = Account(state, index).Account;
        string[] ids = [.. batch.AccountIds.Select((_, i) => Account(state, index + i).Account.AccountId).Distinct(StringComparer.Ordinal)];
        return (first.Owner.OrganizationId ?? first.OpenedByOrganizationId, ids.Length < 2 ? batch : batch with
        {
            AccountIds = ids,
            CurrencyCode = first.CurrencyCode,
            Exponent = first.Exponent,
            Entries = batch.Entries.ToArray().Select(entry => entry with
            {
                DebitIndex = entry.DebitIndex % (uint)ids.Length,
                CreditIndex = entry.CreditIndex % (uint)ids.Length,
            }).ToArray(),
        });
    }

    private static (string, CommandBody) At(LedgerState state, ProposeAgreement proposal)
    {
        var version = (state.Agreements.FindNewest(proposal.Terms.AgreementId)?.Terms.Version ?? 0) + 1;
        var proposer = proposal.Terms.Splits[0].Parties[0].OrganizationId;
        return (proposer, SampleCommands.Agreement(proposal.Terms.AgreementId, version) with
        {
            Terms = proposal.Terms with { Version = version },
        });
    }

    private static (string, CommandBody) At(LedgerState state, string by, AcceptAgreement accept)
    {
        var open = state.Agreements.All.LastOrDefault(version => version.Status == AgreementStatus.Proposed);
        var party = open?.Terms.Splits.SelectMany(split => split.Parties).FirstOrDefault(p =>
            open.Acceptances.All(acceptance => acceptance.OrganizationId != p.OrganizationId));
        return party is null
            ? (by, accept)
            : (party.OrganizationId, new AcceptAgreement(open!.Terms.AgreementId, open.Terms.Version, open.TermsHash));
    }

    private static (string, CommandBody) At(LedgerState state, Step step, string agreementId, AgreementStatus status)
    {
        var version = state.Agreements.VersionsOf(agreementId).LastOrDefault(v => v.Status == status);
        return version is null
            ? (step.By, step.Body)
            : (version.Terms.Splits[0].Parties[0].OrganizationId, step.Body switch
            {
                RefuseAgreement refuse => refuse with { Version = version.Terms.Version },
                TerminateAgreement end => end with { Version = version.Terms.Version },
                _ => throw new InvalidOperationException("Not an end of an agreement."),
            });
    }

    private static (string, CommandBody) At(LedgerState state, RecordRevenue revenue, int index)
    {
        var own = state.Accounts.All.Where(a =>
            a.Account.Kind != AccountKind.Clearing && a.Account.Owner.OrganizationId is not null).ToList();
        if (own.Count == 0)
        {
            return ("prod", revenue);
        }

        var payer = own[index % own.Count].Account;
        return (payer.Owner.OrganizationId!, revenue with
        {
            WorkId = "work",
            PayerAccountId = payer.AccountId,
            Amount = new Money(revenue.Amount.MinorUnits, payer.CurrencyCode, payer.Exponent),
            PurchaseId = revenue.RevenueKind == RevenueKind.Advertising ? "" : revenue.PurchaseId,
        });
    }

    private static Purchase At(LedgerState state, Purchase purchase, int index)
    {
        var offer = state.Offers.All[index % state.Offers.All.Count].Details;
        var wallets = state.Accounts.All.Where(a => a.Account.Kind == AccountKind.Wallet).ToList();
        var wallet = wallets[index % wallets.Count].Account;
        return purchase with
        {
            OfferId = offer.OfferId,
            WorkId = offer.WorkId,
            ExpectedPrice = offer.Price,
            PayerAccountId = wallet.AccountId,
            LearnerPseudonym = wallet.Owner.LearnerPseudonym ?? purchase.LearnerPseudonym,
        };
    }
}

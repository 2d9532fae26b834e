using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Currencies;

/// <summary>Order of checks: approver, shape, not declared yet, limit.</summary>
internal sealed class DeclareCurrencyHandler()
    : CommandHandler<DeclareCurrency>(CommandKind.DeclareCurrency, RoleGroups.Approvers)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(DeclareCurrency body, CommandContext context)
    {
        var currencies = context.State.Currencies;
        var rejection = context.State.Membership.CheckApprover(context.Submitter)
            ?? CurrencyTable.CheckShape(body.Currency)
            ?? CheckNew(body.Currency, currencies);
        if (rejection is not null)
        {
            return rejection;
        }

        currencies.Add(body.Currency);
        context.Record(new CurrencyDeclared(body.Currency));
        return null;
    }

    private static Rejection? CheckNew(CurrencyDefinition currency, CurrencyTable currencies)
    {
        if (currencies.Find(currency.CurrencyCode) is not null)
        {
            return Rejection.Because(
                RejectionReason.AlreadyExists,
                $"currency_code: {currency.CurrencyCode} is declared already and fixed for ever; nothing is to do.");
        }

        return currencies.All.Count < EngineLimits.CurrenciesMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"currency_code: the ledger has {EngineLimits.CurrenciesMax} currencies, the most; use one of them.");
    }
}

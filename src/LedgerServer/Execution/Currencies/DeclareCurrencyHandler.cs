using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Governance;

namespace KpGrpc.LedgerServer.Execution.Currencies;

/// <summary>Order of checks: shape, not declared yet, limit.</summary>
internal sealed class DeclareCurrencyHandler() : ChangeHandler<DeclareCurrency>(CommandKind.DeclareCurrency)
{
    /// <inheritdoc/>
    protected override Rejection? Check(DeclareCurrency body, string proposer, CommandContext context) =>
        CurrencyTable.CheckShape(body.Currency) ?? CheckNew(body.Currency, context.State.Currencies);

    /// <inheritdoc/>
    protected override void Apply(DeclareCurrency body, string proposer, CommandContext context)
    {
        context.State.Currencies.Add(body.Currency);
        context.Record(new CurrencyDeclared(body.Currency));
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

using KpGrpc.LedgerServer.Execution.Currencies;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A currency was opened.</summary>
/// <param name="Currency">The currency.</param>
internal sealed record CurrencyDeclared(CurrencyDefinition Currency) : Effect;

using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Execution.Effects.Payment;

/// <summary>An account was opened.</summary>
/// <param name="Account">The account.</param>
internal sealed record AccountOpened(Account Account) : Effect;

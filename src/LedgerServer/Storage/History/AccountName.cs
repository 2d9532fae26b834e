using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Storage.History;

/// <summary>An account as its history is found: what a question takes from the state and keeps.</summary>
/// <param name="Account">Its fixed facts.</param>
/// <param name="Ordinal">Place in the order of opening.</param>
internal readonly record struct AccountName(Account Account, uint Ordinal)
{
    /// <summary>The name of an account of the state.</summary>
    public static AccountName Of(AccountState state) => new(state.Account, state.Ordinal);
}

using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>One line of a multi-posting.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Direction">Side.</param>
/// <param name="Amount">How much, 1 to 2^63-1 minor units.</param>
internal sealed record PostingLine(string AccountId, Direction Direction, Money Amount);

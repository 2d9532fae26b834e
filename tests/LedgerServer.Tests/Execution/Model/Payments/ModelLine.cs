using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

internal sealed record ModelLine(ModelAccount Account, bool IsDebit, BigInteger Amount, bool IsHeld = false, bool IsForced = false);

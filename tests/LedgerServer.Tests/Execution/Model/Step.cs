using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

internal sealed record Step(string By, CommandBody Body, long QuarterDaysLater, int Twist, int Back);

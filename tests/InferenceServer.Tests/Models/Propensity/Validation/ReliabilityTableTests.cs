using CsCheck;
using KpGrpc.InferenceServer.Models.Propensity.Validation;

namespace KpGrpc.InferenceServer.Tests.Models.Propensity.Validation;

public sealed class ReliabilityTableTests
{
    private static readonly Gen<(double Probability, bool Label)[]> Rows = Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 200];

    [Fact]
    public void ExpectedError_AnyRows_IsTheNaiveSumOverBins() => Rows.Sample(rows =>
    {
        var expected = 0.0;
        for (var bin = 0; bin < 15; bin++)
        {
            var inside = rows.Where(row => row.Probability >= bin / 15.0 && (row.Probability < (bin + 1) / 15.0 || bin == 14)).ToArray();
            if (inside.Length > 0)
            {
                expected += (double)inside.Length / rows.Length * Math.Abs(inside.Average(row => row.Probability) - inside.Average(row => row.Label ? 1.0 : 0));
            }
        }

        var table = ReliabilityTable.Of([.. rows.Select(row => row.Probability)], [.. rows.Select(row => row.Label)]);
        Assert.Equal(expected, table.ExpectedError, 1e-9);
        Assert.Equal(rows.Length, table.Bins.Sum(bin => bin.Rows));
    });

    [Fact]
    public void Of_ProbabilityOne_IsInTheLastBin() => Assert.Equal(14 / 15.0, Assert.Single(ReliabilityTable.Of([1], [true]).Bins).From, 1e-12);
}

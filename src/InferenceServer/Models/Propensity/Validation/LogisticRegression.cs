namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>
/// Logistic regression with a ridge penalty by Newton's method on standardised columns: the floor that a boosted model is
/// printed beside, and the fit of Platt's calibration.
/// </summary>
internal sealed class LogisticRegression
{
    private const int StepsMax = 50;
    private const double Tolerance = 1e-10;

    private readonly double[] weights; // one a column, then the intercept
    private readonly double[] mean;
    private readonly double[] deviation;

    private LogisticRegression(double[] weights, double[] mean, double[] deviation)
    {
        this.weights = weights;
        this.mean = mean;
        this.deviation = deviation;
    }

    /// <summary>Fits the weights.</summary>
    /// <param name="rows">[row][column], finite.</param>
    /// <param name="labels">One label a row.</param>
    /// <param name="ridge">Penalty on the squared weights, the intercept excepted, in units of rows.</param>
    public static LogisticRegression Fit(double[][] rows, ReadOnlySpan<bool> labels, double ridge)
    {
        var columns = rows[0].Length;
        var (mean, deviation) = Scale(rows, columns);
        var model = new LogisticRegression(new double[columns + 1], mean, deviation);
        for (var step = 0; step < StepsMax; step++)
        {
            var (gradient, hessian) = model.Derivatives(rows, labels, ridge);
            var change = Solve(hessian, gradient);
            for (var at = 0; at <= columns; at++)
            {
                model.weights[at] -= change[at];
            }

            if (change.Max(Math.Abs) < Tolerance)
            {
                break;
            }
        }

        return model;
    }

    /// <summary>The log-odds of a row.</summary>
    public double LogOdds(double[] row)
    {
        var sum = weights[^1];
        for (var at = 0; at < row.Length; at++)
        {
            sum += weights[at] * (row[at] - mean[at]) / deviation[at];
        }

        return sum;
    }

    /// <summary>Weight of a column in its own unit, and the intercept that belongs to such weights.</summary>
    public (double[] Weights, double Intercept) Unscaled()
    {
        double[] plain = [.. mean.Select((_, at) => weights[at] / deviation[at])];
        return (plain, weights[^1] - plain.Select((weight, at) => weight * mean[at]).Sum());
    }

    private static (double[] Mean, double[] Deviation) Scale(double[][] rows, int columns)
    {
        var (mean, deviation) = (new double[columns], new double[columns]);
        for (var at = 0; at < columns; at++)
        {
            mean[at] = rows.Average(row => row[at]);
            deviation[at] = Math.Sqrt(rows.Average(row => (row[at] - mean[at]) * (row[at] - mean[at])));
            deviation[at] = deviation[at] > 1e-12 ? deviation[at] : 1;
        }

        return (mean, deviation);
    }

    private (double[] Gradient, double[][] Hessian) Derivatives(double[][] rows, ReadOnlySpan<bool> labels, double ridge)
    {
        var size = weights.Length;
        var gradient = new double[size];
        var hessian = Enumerable.Range(0, size).Select(_ => new double[size]).ToArray();
        var scaled = new double[size];
        scaled[^1] = 1;
        for (var row = 0; row < rows.Length; row++)
        {
            for (var at = 0; at < size - 1; at++)
            {
                scaled[at] = (rows[row][at] - mean[at]) / deviation[at];
            }

            var probability = Logistic.Of(LogOdds(rows[row]));
            var error = probability - (labels[row] ? 1 : 0);
            var weight = Math.Max(1e-12, probability * (1 - probability));
            for (var at = 0; at < size; at++)
            {
                gradient[at] += error * scaled[at];
                for (var other = 0; other <= at; other++)
                {
                    hessian[at][other] += weight * scaled[at] * scaled[other];
                }
            }
        }

        for (var at = 0; at < size - 1; at++)
        {
            gradient[at] += ridge * weights[at];
            hessian[at][at] += ridge;
        }

        return (gradient, hessian);
    }

    /// <summary>Cholesky; the lower triangle of a positive definite matrix is given and overwritten.</summary>
    private static double[] Solve(double[][] lower, double[] right)
    {
        var size = right.Length;
        for (var at = 0; at < size; at++)
        {
            for (var other = 0; other <= at; other++)
            {
                var sum = lower[at][other];
                for (var k = 0; k < other; k++)
                {
                    sum -= lower[at][k] * lower[other][k];
                }

                lower[at][other] = at == other ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / lower[other][other];
            }
        }

        var result = (double[])right.Clone();
        for (var at = 0; at < size; at++)
        {
            for (var k = 0; k < at; k++)
            {
                result[at] -= lower[at][k] * result[k];
            }

            result[at] /= lower[at][at];
        }

        for (var at = size - 1; at >= 0; at--)
        {
            for (var k = at + 1; k < size; k++)
            {
                result[at] -= lower[k][at] * result[k];
            }

            result[at] /= lower[at][at];
        }

        return result;
    }
}

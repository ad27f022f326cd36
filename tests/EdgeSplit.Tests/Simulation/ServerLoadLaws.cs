using EdgeSplit.Core.Randomness;
using EdgeSplit.Core.Simulation;

namespace EdgeSplit.Tests.Simulation;

/// <summary>The server's other jobs: Poisson at every instant, forgotten at the stated rate, and a pure function of the block.</summary>
public sealed class ServerLoadLaws
{
    private static readonly StreamKey Key = StreamKey.Create(5, "server/load");

    [Theory]
    [InlineData(0.7, 0, 0)]
    [InlineData(3.5, 1, 0)]
    [InlineData(3.5, 1, 37)]
    [InlineData(14, 1, 200)]
    public void The_number_of_jobs_is_Poisson_at_every_block(double mean, double reportAge, int block)
    {
        const int draws = 6000;
        var model = new ServerLoadModel { MeanJobs = mean, MeanJobSeconds = 5, ReportAgeSeconds = reportAge };
        var cells = (int)(mean + (4 * Math.Sqrt(mean))) + 2;
        var counts = new int[cells];
        for (ulong entity = 0; entity < draws; entity++)
        {
            counts[Math.Min(cells - 1, new ServerLoadProcess(model, 1, Key, entity).JobsAt(block))]++;
        }

        var law = new PoissonDistribution(mean);
        double chiSquare = 0;
        var freedom = -1;
        double observed = 0, expected = 0;
        for (var n = 0; n < cells; n++)
        {
            observed += counts[n];
            expected += draws * (n == cells - 1 ? 1 - law.CumulativeProbability(n - 1) : law.CumulativeProbability(n) - (n == 0 ? 0 : law.CumulativeProbability(n - 1)));
            if (expected >= 8 || n == cells - 1)
            {
                chiSquare += (observed - expected) * (observed - expected) / Math.Max(expected, 1e-9);
                freedom++;
                (observed, expected) = (0, 0);
            }
        }

        // Five standard deviations of a chi-square.
        Assert.True(chiSquare < freedom + (5 * Math.Sqrt(2.0 * freedom)), $"chi-square {chiSquare} at {freedom} degrees of freedom");
    }

    [Fact]
    public void Autocorrelation_decays_with_the_mean_time_of_a_job()
    {
        const int entities = 4000;
        var model = new ServerLoadModel { MeanJobs = 4, MeanJobSeconds = 5, ReportAgeSeconds = 0, BlockSeconds = 0.25 };
        foreach (var lag in new[] { 4, 20, 60 })
        {
            double sum = 0, sumOfProducts = 0, sumOfSquares = 0;
            for (ulong entity = 0; entity < entities; entity++)
            {
                var load = new ServerLoadProcess(model, 1, Key, entity);
                double now = load.JobsAt(3), later = load.JobsAt(3 + lag);
                sum += now + later;
                sumOfProducts += (now - 4) * (later - 4);
                sumOfSquares += (((now - 4) * (now - 4)) + ((later - 4) * (later - 4))) / 2;
            }

            Assert.Equal(4, sum / (2 * entities), 0.15);
            Assert.Equal(Math.Exp(-lag * 0.25 / 5), sumOfProducts / sumOfSquares, 0.06);
        }
    }

    [Fact]
    public void The_load_is_a_pure_function_of_the_block_in_any_order_of_access()
    {
        var model = new ServerLoadModel { MeanJobs = 5, MeanJobSeconds = 4 };
        var straight = new ServerLoadProcess(model, 1, Key, 77);
        var expected = Enumerable.Range(-4, 304).Select(b => straight.JobsAt(b)).ToArray();
        Assert.True(expected.Distinct().Count() > 3);
        var jumping = new ServerLoadProcess(model, 1, Key, 77);
        var random = new RandomSource(Key, 1);
        for (var i = 0; i < 200; i++)
        {
            var block = random.NextInt32(304) - 4;
            Assert.Equal(expected[block + 4], jumping.JobsAt(block));
        }

        Assert.NotEqual(expected, Enumerable.Range(-4, 304).Select(b => new ServerLoadProcess(model, 1, Key, 78).JobsAt(b)));
    }

    [Fact]
    public void The_share_is_that_of_processor_sharing_with_the_weight_of_another_job()
    {
        var load = new ServerLoadProcess(new ServerLoadModel { MeanJobs = 5 }, 1.3, Key, 9);
        var share = new double[40];
        load.Fill(7, share);
        for (var i = 0; i < share.Length; i++)
        {
            Assert.Equal(1 / (1 + (1.3 * load.JobsAt(7 + i))), share[i]);
        }

        new ServerLoadProcess(new ServerLoadModel(), 1.3, Key, 9).Fill(0, share);
        Assert.All(share, s => Assert.Equal(1, s));
    }

    [Fact]
    public void The_report_is_the_exact_load_of_its_age()
    {
        var model = new ServerLoadModel { MeanJobs = 6, MeanJobSeconds = 3, ReportAgeSeconds = 1.1, BlockSeconds = 0.25 };
        var changed = 0;
        for (ulong entity = 0; entity < 200; entity++)
        {
            var load = new ServerLoadProcess(model, 1, Key, entity);
            Assert.Equal(5, load.ReportBlocks);
            Assert.Equal(load.JobsAt(-5), load.ReportedJobs);
            changed += load.ReportedJobs == load.JobsAt(0) ? 0 : 1;
        }

        Assert.InRange(changed, 60, 190);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerLoadProcess(model, 1, Key, 0).JobsAt(-6));
        var fresh = new ServerLoadProcess(model with { ReportAgeSeconds = 0 }, 1, Key, 3);
        Assert.Equal(fresh.JobsAt(0), fresh.ReportedJobs);
    }

    [Fact]
    public void Another_future_shares_the_past_and_the_present_and_goes_its_own_way()
    {
        var world = new World(TestScenarios.Lively(20), 2);
        var differs = 0;
        for (var request = 0; request < 20; request++)
        {
            var truth = world.Server(request);
            for (var future = 1; future <= 3; future++)
            {
                var imagined = world.Server(request, future);
                for (var block = -truth.ReportBlocks; block <= 0; block++)
                {
                    Assert.Equal(truth.JobsAt(block), imagined.JobsAt(block));
                }

                differs += Enumerable.Range(1, 200).Any(b => truth.JobsAt(b) != imagined.JobsAt(b)) ? 1 : 0;
                Assert.Equal(imagined.JobsAt(50), world.Server(request, future).JobsAt(50));
            }
        }

        Assert.Equal(60, differs);
    }

    [Fact]
    public void The_mean_over_futures_is_the_conditional_mean()
    {
        // E[n(t) | n(0)] = mean + (n(0) - mean) exp(-t / mean job time).
        var scenario = TestScenarios.Lively(30);
        var world = new World(scenario, 4);
        var request = Enumerable.Range(0, 30).MaxBy(r => world.Server(r).JobsAt(0));
        var present = world.Server(request).JobsAt(0);
        Assert.True(present >= 6);
        var mean = Enumerable.Range(1, 3000).Average(f => (double)world.Server(request, f).JobsAt(24));
        Assert.Equal(3 + ((present - 3) * Math.Exp(-6 / 12.0)), mean, 0.2);
    }
}

// lemon_families FILE FACTOR ns|cs REPEATS: LEMON's time for a market of families.py, its build included, and the total.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <time.h>
#include <vector>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

using namespace lemon;
using namespace std;
typedef long long ll;

static double now() { timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec + t.tv_nsec * 1e-9; }

template <class T> static vector<T> read(FILE *f, size_t count)
{
    vector<T> v(count);
    if (fread(v.data(), sizeof(T), count, f) != count) exit(2);
    return v;
}

int main(int argc, char **argv)
{
    FILE *f = argc == 5 ? fopen(argv[1], "rb") : NULL;
    if (!f) return 2;
    double factor = atof(argv[2]);
    bool simplex = string(argv[3]) == "ns";
    int repeats = atoi(argv[4]);
    vector<int> head = read<int>(f, 4);
    int n = head[0], m = head[1], rows = head[2], nodes = n + m + 1;
    vector<ll> offered = read<ll>(f, n), needed = read<ll>(f, m);
    vector<int> s = read<int>(f, rows), d = read<int>(f, rows);
    vector<double> value = read<double>(f, rows), times;
    vector<ll> most = head[3] ? read<ll>(f, rows) : vector<ll>(rows, -1);
    ll total = 0;

    for (int r = 0; r < repeats; r++) {
        double begun = now();
        vector<pair<int, int>> arcs;
        vector<ll> cost, cap, supply(nodes, 0);
        auto add = [&](int a, int b, ll u, ll c) { arcs.emplace_back(a, b); cap.push_back(u); cost.push_back(c); };
        // demanders first, as the rows come; the last node takes and gives the rest
        for (int e = 0; e < rows; e++) {
            ll u = min(offered[s[e]], needed[d[e]]);
            add(n + d[e], s[e], most[e] >= 0 ? min(u, most[e]) : u, -(ll) llround(value[e] * factor));
        }
        if (simplex) {
            for (int j = 0; j < m; j++) { add(n + j, n + m, needed[j], 0); supply[n + j] = needed[j]; supply[n + m] -= needed[j]; }
            for (int i = 0; i < n; i++) { add(n + m, i, offered[i], 0); supply[i] = -offered[i]; supply[n + m] += offered[i]; }
        } else {
            for (int i = 0; i < n; i++) add(i, n + m, offered[i], 0);
            for (int j = 0; j < m; j++) add(n + m, n + j, needed[j], 0);
        }
        vector<int> at(nodes + 1, 0), order(arcs.size());
        for (auto &a : arcs) at[a.first + 1]++;
        for (int v = 0; v < nodes; v++) at[v + 1] += at[v];
        for (size_t a = 0; a < arcs.size(); a++) order[at[arcs[a].first]++] = a;
        vector<pair<int, int>> sorted;
        for (int a : order) sorted.push_back(arcs[a]);
        StaticDigraph g;
        g.build(nodes, sorted.begin(), sorted.end());
        StaticDigraph::ArcMap<ll> costs(g), caps(g);
        StaticDigraph::NodeMap<ll> supplies(g);
        for (size_t a = 0; a < arcs.size(); a++) { costs[g.arc(a)] = cost[order[a]]; caps[g.arc(a)] = cap[order[a]]; }
        for (int v = 0; v < nodes; v++) supplies[g.node(v)] = supply[v];
        if (simplex) {
            NetworkSimplex<StaticDigraph, ll, ll> a(g);
            a.upperMap(caps).costMap(costs).supplyMap(supplies);
            if (a.run() != a.OPTIMAL) return 1;
            total = -a.totalCost<ll>();
        } else {
            CostScaling<StaticDigraph, ll, ll> a(g);
            a.upperMap(caps).costMap(costs);
            if (a.run() != a.OPTIMAL) return 1;
            total = -a.totalCost<ll>();
        }
        times.push_back(now() - begun);
    }
    sort(times.begin(), times.end());
    printf("%.6f %s %.17Lg\n", times[times.size() / 2], argv[3], (long double) total / factor);
}

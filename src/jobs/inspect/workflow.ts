/** The smallest workflow that gates the models of a repository by `.github/goodnet.yml`, on pushes and pull requests. */
export const minimalWorkflow = `name: models
on: [push, pull_request]
permissions:
  contents: read
  pull-requests: write # for the comment
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { persist-credentials: false }
      - uses: OWNER/goodnet@v1
        with: { comment-summary-in-pr: always }
`;
